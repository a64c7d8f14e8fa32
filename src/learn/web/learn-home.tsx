/** The room of texts: search on top, then what fits one's path and stage, then the shelves. */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { TextField } from "#design/field.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { SHELVES, type Shelf } from "../front-matter.ts";
import type { ContentEntry } from "../learn-text.ts";
import { fittingEntries } from "../fitting.ts";
import { allEntries, entriesNamed, EntryCards, shelfOf } from "./entry-cards.tsx";
import { prepareSearch, useLibrarySearch, type LibrarySearch } from "./library-search.ts";
import { useReading } from "./reading.ts";
import { words } from "./words.ts";
import style from "./learn.module.css";

export interface LearnHomeProps {
  /** Where the path finder pointed, and what the account says; null where that is not known. */
  readonly path: string | null;
  readonly stage: string | null;
}

export function LearnHome({ path, stage }: LearnHomeProps) {
  const [query, setQuery] = useState("");
  const search = useLibrarySearch(query);
  return (
    <Page title={words.home.title} lead={words.home.lead}>
      <div role="search" data-print="never">
        <TextField
          type="search"
          label={words.home.search}
          hint={words.home.searchHint}
          zone={readBy.neverSent}
          autoComplete="off"
          value={query}
          onChange={setQuery}
          onFocus={() => void prepareSearch().catch(() => undefined)}
        />
      </div>
      <div role="status" className={style["meta"]}>
        {search.at === "found" && searchText(search)}
      </div>
      {search.at === "found" ? <Found search={search} /> : <Shelves path={path} stage={stage} />}
    </Page>
  );
}

const MOST_FOUND = 30;

function Found({ search }: { readonly search: Extract<LibrarySearch, { at: "found" }> }) {
  if (search.entries.length === 0) return <p>{words.home.noneFound}</p>;
  return <EntryCards label={words.home.foundLabel} entries={search.entries.slice(0, MOST_FOUND)} />;
}

function searchText({ entries, reach }: Extract<LibrarySearch, { at: "found" }>): string {
  const also = { all: "", coming: words.home.stillLooking, titles: words.home.titlesOnly }[reach];
  return `${words.home.found(entries.length)} ${also}`.trim();
}

function Shelves({ path, stage }: LearnHomeProps) {
  const { places } = useReading();
  const stopped = entriesNamed(
    Object.entries(places)
      .toSorted(([, a], [, b]) => (a.on < b.on ? 1 : -1))
      .map(([name]) => name)
      .slice(0, 2),
  );
  const fitting = fittingEntries(allEntries, path, stage);
  const fitsTitle = path === null ? words.home.fitsStage : words.home.fits;
  return (
    <>
      {stopped.length > 0 && (
        <Section title={words.home.goOn}>
          <EntryCards label={words.home.goOn} entries={stopped} />
        </Section>
      )}
      {fitting.length > 0 && (
        <Section title={fitsTitle}>
          <EntryCards label={fitsTitle} entries={fitting} />
        </Section>
      )}
      {SHELVES.map((shelf) => (
        <ShelfSection key={shelf} shelf={shelf} path={path} stage={stage} above={fitting} />
      ))}
      <Section title={words.home.tables}>
        <CardList label={words.home.tables}>
          <Card
            level={3}
            title={words.home.courses}
            href="/learn/courses"
            meta={words.home.coursesMeta}
          />
          <Card
            level={3}
            title={words.home.forms}
            href="/learn/licence-forms"
            meta={words.home.formsMeta}
          />
        </CardList>
      </Section>
    </>
  );
}

const FIRST = 3;

/** A few of a shelf, those for one's stage first and none that stands `above`; the whole shelf when asked for. */
function ShelfSection(
  props: LearnHomeProps & { readonly shelf: Shelf; readonly above: readonly ContentEntry[] },
) {
  const { shelf, path, stage, above } = props;
  const [isAllShown, setIsAllShown] = useState(false);
  const entries = allEntries.filter((entry) => shelfOf(entry.name) === shelf);
  const own = (entry: (typeof entries)[number]) =>
    Number(stage !== null && entry.stages.includes(stage)) +
    Number(path !== null && entry.path === path);
  const ordered = entries.toSorted((a, b) => own(b) - own(a));
  const first = ordered.filter((entry) => !above.includes(entry)).slice(0, FIRST);
  if (entries.length === 0) return null;
  return (
    <Section title={words.shelves[shelf]} lead={words.shelfLeads[shelf]}>
      <EntryCards
        label={words.shelves[shelf]}
        entries={isAllShown ? ordered : first}
        withKind={false}
      />
      {!isAllShown && entries.length > first.length && (
        <Button kind="quiet" onClick={() => setIsAllShown(true)}>
          {words.home.all(entries.length)}
        </Button>
      )}
    </Section>
  );
}
