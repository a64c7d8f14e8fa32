/** The journal: what was written, newest first, with a search that leaves nothing behind. */
import { memo, useDeferredValue, useMemo, useState } from "react";
import { Link } from "wouter";
import { Button } from "#design/button.tsx";
import { Checkbox } from "#design/checkbox.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { SelectField, TextField } from "#design/field.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { saveFile } from "#design/save-file.ts";
import { Section } from "#design/section.tsx";
import { dayText } from "#design/time.tsx";
import { today } from "../../web/kept-check-ins.ts";
import { entriesToMarkdown, excerptOf, onThisDay, tagsOf, type KeptEntry } from "../entry.ts";
import { useIsEntryBegun, useJournal, useOnThisDaySetting } from "./kept-journal.ts";
import { useJournalSearch } from "./journal-search.ts";
import { words } from "./words.ts";
import style from "./journal.module.css";

export function Journal() {
  const entries = useJournal();
  const isBegun = useIsEntryBegun();
  return (
    <Page
      title={words.home.title}
      lead={words.home.lead}
      zone={readBy.onlyYou}
      back={words.back}
      action={
        <LinkButton kind="primary" href="/reflect/journal/new">
          {isBegun === true ? words.home.goOn : words.home.write}
        </LinkButton>
      }
    >
      {entries.length === 0 ? (
        <EmptyState text={words.home.empty} />
      ) : (
        <>
          <OnThisDay entries={entries} />
          <Entries entries={entries} />
          <OnThisDaySwitch />
          <TakeAlong entries={entries} />
        </>
      )}
    </Page>
  );
}

/** Drawn with the key itself; the others follow when there is time. */
const AT_ONCE = 5;
const FIRST = 20;
const MORE = 60;

function Entries({ entries }: { readonly entries: readonly KeptEntry[] }) {
  const text = words.home;
  const [query, setQuery] = useState("");
  const [tag, setTag] = useState("");
  const [count, setCount] = useState(FIRST);
  const { found, isWhole } = useJournalSearch(entries, query);
  const tags = useMemo(() => tagsOf(entries), [entries]);
  const shown = (found ?? entries).filter((entry) => tag === "" || entry.tags.includes(tag));
  const settled = useDeferredValue(query);
  const drawn = settled === query ? count : AT_ONCE;
  const seek = (typed: string) => {
    setQuery(typed);
    setCount(FIRST);
  };
  return (
    <Section title={text.entries}>
      <div className={style["search"]} role="search" data-print="never">
        <TextField
          type="search"
          label={text.search}
          autoComplete="off"
          zone={readBy.neverSent}
          value={query}
          onChange={seek}
        />
        {tags.length > 0 && <TagFilter tags={tags} tag={tag} onChange={setTag} />}
      </div>
      <p className={style["quiet"]} role="status">
        {(found !== null || tag !== "") && text.found(shown.length)}
        {found !== null && !isWhole && ` ${text.stillLooking}`}
      </p>
      {shown.length === 0 && isWhole && <p>{text.noneFound}</p>}
      <EntryList label={text.entries} entries={shown.slice(0, drawn)} query={query} />
      {shown.length > count && (
        <Button kind="quiet" onClick={() => setCount(count + MORE)}>
          {text.more}
        </Button>
      )}
    </Section>
  );
}

/** Drawn anew only when the tags change, and not with every key. */
const TagFilter = memo(function TagFilter(props: {
  readonly tags: readonly string[];
  readonly tag: string;
  readonly onChange: (tag: string) => void;
}) {
  return (
    <SelectField
      label={words.home.tag}
      zone={readBy.neverSent}
      emptyText={words.home.anyTag}
      value={props.tag}
      options={props.tags.map((each) => ({ value: each, text: each }))}
      onChange={props.onChange}
    />
  );
});

function EntryList(props: {
  readonly label: string;
  readonly entries: readonly KeptEntry[];
  readonly query: string;
}) {
  return (
    <ul className={style["entries"]} role="list" aria-label={props.label}>
      {props.entries.map((entry) => (
        <li key={entry.id}>
          <EntryLink entry={entry} excerpt={excerptOf(entry.text, props.query)} />
        </li>
      ))}
    </ul>
  );
}

const EntryLink = memo(function EntryLink(props: {
  readonly entry: KeptEntry;
  readonly excerpt: string;
}) {
  const { id, on, tags } = props.entry;
  return (
    <Link href={`/reflect/journal/${id}`} className={style["entry"]}>
      <span className={style["day"]}>
        {[dayText(on, "full"), ...tags].join(words.home.between)}
      </span>
      <span className={style["excerpt"]}>{props.excerpt || words.home.nothingWritten}</span>
    </Link>
  );
});

/** Only where it was switched on. */
function OnThisDay({ entries }: { readonly entries: readonly KeptEntry[] }) {
  const [isOn] = useOnThisDaySetting();
  const earlier = isOn ? onThisDay(entries, today()) : [];
  if (earlier.length === 0) return null;
  return (
    <Section title={words.home.onThisDay}>
      <EntryList label={words.home.onThisDay} entries={earlier} query="" />
    </Section>
  );
}

/** Whether earlier years come back by themselves. */
function OnThisDaySwitch() {
  const [isOn, setIsOn] = useOnThisDaySetting();
  return (
    <Checkbox
      label={words.home.showOnThisDay}
      hint={words.home.showOnThisDayHint}
      zone={readBy.onlyYou}
      checked={isOn}
      onChange={setIsOn}
    />
  );
}

function TakeAlong({ entries }: { readonly entries: readonly KeptEntry[] }) {
  const text = words.home;
  const download = () =>
    saveFile(
      text.fileName,
      "text/markdown",
      entriesToMarkdown(entries, text.title, (on) => dayText(on, "full")),
    );
  return (
    <Section title={text.file} lead={text.fileLead}>
      <div>
        <Button onClick={download}>{text.download}</Button>
      </div>
    </Section>
  );
}
