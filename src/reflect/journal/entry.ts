/** An entry of the journal: free text of a day, with tags if one likes. Kept sealed; nothing here counts or reminds. */
export interface JournalEntry {
  /** ISO day that it is about, in the person's own zone. */
  readonly on: string;
  readonly text: string;
  /** As typed, without blanks at their ends. */
  readonly tags: readonly string[];
}

export interface KeptEntry extends JournalEntry {
  readonly id: string;
}

/** A long evening's writing; the sealed record has room for it in any script. */
export const LONGEST_ENTRY = 20_000;
const MOST_TAGS = 10;
const LONGEST_TAG = 40;

/** What lies in the safe was written by some version of this app; what is no entry is passed over. */
export function isJournalEntry(kept: unknown): kept is JournalEntry {
  if (typeof kept !== "object" || kept === null) return false;
  const { on, text, tags } = kept as Record<string, unknown>;
  return (
    typeof on === "string" &&
    /^\d{4}-\d\d-\d\d$/.test(on) &&
    typeof text === "string" &&
    Array.isArray(tags) &&
    tags.every((tag) => typeof tag === "string")
  );
}

/** Newest day first; of one day in an order that stays. */
export const byDay = (a: KeptEntry, b: KeptEntry): number =>
  a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? 1 : -1;

/** "night, Clinic ,night" is two tags. */
export function tagsFrom(typed: string): readonly string[] {
  const tags = typed.split(",").map((tag) => tag.trim().replace(/\s+/g, " ").slice(0, LONGEST_TAG));
  const isFirst = (tag: string, place: number) =>
    tags.findIndex((other) => other.toLowerCase() === tag.toLowerCase()) === place;
  return tags.filter((tag, place) => tag !== "" && isFirst(tag, place)).slice(0, MOST_TAGS);
}

/** Every tag in use, the most used first. */
export function tagsOf(entries: readonly JournalEntry[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const tag of entries.flatMap(({ tags }) => tags))
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, m], [b, n]) => (m === n ? (a < b ? -1 : 1) : n - m))
    .map(([tag]) => tag);
}

/** Entries of the same day in earlier years. The 29th of February comes back in leap years only. */
export const onThisDay = <Entry extends JournalEntry>(
  entries: readonly Entry[],
  today: string,
): readonly Entry[] => entries.filter(({ on }) => on < today && on.slice(5) === today.slice(5));

const EXCERPT = 180;

/** The beginning of an entry, or what stands round the first word that was asked for. */
export function excerptOf(text: string, query: string): string {
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain.length <= EXCERPT) return plain;
  const word = query.trim().toLowerCase().split(/\s+/)[0] ?? "";
  const at = word === "" ? -1 : plain.toLowerCase().indexOf(word);
  // A word begins the excerpt, and the one asked for stands in its first third.
  const from = at < EXCERPT / 3 ? 0 : plain.indexOf(" ", at - EXCERPT / 3) + 1;
  const cut = plain.slice(from, from + EXCERPT);
  const end = from + EXCERPT < plain.length ? cut.lastIndexOf(" ") : cut.length;
  const shown = cut.slice(0, end > 0 ? end : cut.length);
  return `${from > 0 ? "\u2026 " : ""}${shown}${from + shown.length < plain.length ? " \u2026" : ""}`;
}

/** The whole journal as a file to keep elsewhere; `dayText` writes a day as the reader writes it. */
export function entriesToMarkdown(
  entries: readonly JournalEntry[],
  title: string,
  dayText: (on: string) => string,
): string {
  const parts = entries.map(({ on, text, tags }) =>
    [`## ${dayText(on)}`, ...(tags.length > 0 ? [`*${tags.join(", ")}*`] : []), text.trim()].join(
      "\n\n",
    ),
  );
  return `${[`# ${title}`, ...parts].join("\n\n")}\n`;
}
