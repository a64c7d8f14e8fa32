/** What the look at a roster found: how many lines can be used, and each that can't, with its number. */
import { Button } from "#design/button.tsx";
import { Notice } from "#design/notice.tsx";
import { Table, type Column } from "#design/table.tsx";
import type { Checked } from "./roster-form.tsx";
import { words } from "./words.ts";
import style from "./stewardship.module.css";

export interface RosterCheckProps {
  readonly checked: Checked;
  /** As it was looked at, to show the lines themselves: the server sends back only their numbers. */
  readonly csv: string;
  readonly busy: boolean;
  readonly onSend: () => void;
}

const MOST_SHOWN = 200;

type Row = Checked["problems"][number] & { readonly text: string };

const COLUMNS: readonly Column<Row>[] = [
  {
    key: "line",
    title: words.rosters.line,
    head: true,
    cell: ({ line }) => words.rosters.lineNumber(line),
  },
  {
    key: "fault",
    title: words.rosters.fault,
    cell: ({ reason }) => words.rosters.faults[reason],
  },
  {
    key: "text",
    title: words.rosters.text,
    cell: ({ text }) => <code className={style["raw"]}>{text.slice(0, 120)}</code>,
  },
];

export function RosterCheck({ checked, csv, busy, onSend }: RosterCheckProps) {
  const text = words.rosters;
  const { goodLines, problems } = checked;
  const lines = csv.split(/\r\n|\r|\n/);
  return (
    <>
      <Notice
        kind={goodLines === 0 ? "refusal" : "info"}
        title={text.good(goodLines)}
        live="polite"
      >
        {problems.length === 0 ? text.noProblem : text.problems(problems.length)}
      </Notice>
      {problems.length > 0 && (
        <Table
          caption={text.problemsTitle}
          rows={problems
            .slice(0, MOST_SHOWN)
            .map((problem) => ({ ...problem, text: lines[problem.line - 1] ?? "" }))}
          rowKey={({ line }) => String(line)}
          columns={COLUMNS}
        />
      )}
      {problems.length > MOST_SHOWN && (
        <p className={style["quiet"]}>{text.moreProblems(problems.length - MOST_SHOWN)}</p>
      )}
      {goodLines > 0 && (
        <>
          <p className={style["quiet"]}>{text.after}</p>
          <Button kind="primary" busy={busy} busyText={text.sending} onClick={onSend}>
            {text.send(goodLines)}
          </Button>
        </>
      )}
    </>
  );
}
