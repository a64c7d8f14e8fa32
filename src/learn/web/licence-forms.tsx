/** What the licensing forms of each state ask about health, with the day somebody looked; what is unsure says so. */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { TextField } from "#design/field.tsx";
import { Icon } from "#design/icon.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Table, type Column } from "#design/table.tsx";
import { dayText } from "#design/time.tsx";
import table from "virtual:learn/licence-forms";
import type { LicenceForms as FormTable } from "../catalogue.ts";
import { words } from "./words.ts";
import style from "./learn.module.css";

type Row = FormTable["forms"][number];

const text = words.forms;
const back = { href: "/learn", text: words.back };

export function LicenceForms() {
  const [sought, setSought] = useState("");
  const asked = sought.trim().toLowerCase();
  const shown = table.forms.filter(
    ({ state, name }) => name.toLowerCase().includes(asked) || state.toLowerCase() === asked,
  );
  return (
    <Page title={text.title} lead={text.lead} back={back} width="wide">
      {table.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      <div data-print="never">
        <TextField
          type="search"
          label={text.find}
          zone={readBy.neverSent}
          autoComplete="off"
          value={sought}
          onChange={setSought}
        />
      </div>
      <Table
        caption={text.caption}
        hideCaption
        rows={shown}
        rowKey={({ state }) => state}
        columns={COLUMNS}
        empty={<EmptyState text={text.none} />}
      />
      <div data-print="never">
        <Button icon={<Icon name="print" />} onClick={() => print()}>
          {words.text.print}
        </Button>
      </div>
    </Page>
  );
}

const COLUMNS: readonly Column<Row>[] = [
  { key: "state", title: text.state, head: true, cell: ({ name }) => name },
  {
    key: "asks",
    title: text.asks,
    cell: ({ asks, sure }) => (
      <>
        {asks}
        {!sure && <span className={style["unsure"]}> {text.unsure}</span>}
      </>
    ),
  },
  { key: "since", title: text.since, cell: ({ since }) => since ?? text.unknownSince },
  {
    key: "source",
    title: text.source,
    cell: ({ source, url, checked_on: day }) => (
      <>
        {url === undefined ? (
          source
        ) : (
          <a href={url} rel="noreferrer">
            {source}
          </a>
        )}
        <span className={style["meta"]}> {text.checked(dayText(day, "short"))}</span>
      </>
    ),
  },
];
