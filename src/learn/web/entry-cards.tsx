/** Content to open, as cards: what it is, what it is about, how long it takes. */
import { Card, CardList } from "#design/card-list.tsx";
import entries from "virtual:learn/index";
import { contentHref, type ContentEntry } from "../learn-text.ts";
import { useReading } from "./reading.ts";
import { words } from "./words.ts";

export const allEntries = entries;

const entryByName = new Map(entries.map((entry) => [entry.name, entry]));

/** In the order of the names; those that lead nowhere are left out. */
export const entriesNamed = (names: readonly string[]): readonly ContentEntry[] =>
  names.flatMap((name) => entryByName.get(name) ?? []);

/** `learn/topics/saying-no` is on the shelf `topics`, `paths/burnout` on `paths`. */
export const shelfOf = (name: string): keyof typeof words.kinds => {
  const [room, shelf] = name.split("/");
  return (room === "learn" ? shelf : room) as keyof typeof words.kinds;
};

export interface EntryCardsProps {
  readonly label: string;
  readonly entries: readonly ContentEntry[];
  /** Where cards of several shelves stand together. */
  readonly withKind?: boolean;
}

export function EntryCards({ label, entries: shown, withKind = true }: EntryCardsProps) {
  const { read } = useReading();
  return (
    <CardList label={label}>
      {shown.map((entry) => (
        <Card
          key={entry.name}
          level={3}
          title={entry.title}
          href={contentHref(entry.name)}
          meta={metaOf(entry, withKind, read[entry.name] !== undefined)}
        >
          <p>{entry.inOneLine}</p>
        </Card>
      ))}
    </CardList>
  );
}

function metaOf(entry: ContentEntry, withKind: boolean, isRead: boolean): string {
  return [
    ...(withKind ? [words.kinds[shelfOf(entry.name)]] : []),
    ...(entry.minutes === null ? [] : [words.minutes(entry.minutes)]),
    ...(isRead ? [words.isRead] : []),
  ].join(words.between);
}
