/** Two columns: each entry has a button for either side, and what lies there can change sides or come back. */
import { useId, useState } from "react";
import { Button } from "#design/button.tsx";
import { Icon } from "#design/icon.tsx";
import { useToast } from "#design/toast.tsx";
import { StepQuestion } from "../../../web/step-question.tsx";
import type { StepViewProps } from "../../../web/step-view.ts";
import { AddLine } from "../../web/add-line.tsx";
import { useFocusAfter } from "../../web/focus-after.ts";
import { useLatest } from "../../web/latest.ts";
import { Said } from "../../web/said.tsx";
import { words as allWords } from "../../web/words.ts";
import {
  entriesIn,
  isFull,
  withAdded,
  withRemoved,
  withSorted,
  type SorterAnswer,
  type SorterEntry,
  type SorterStep,
} from "../step.ts";
import { words } from "./words.ts";
import style from "./view.module.css";

type Column = SorterStep["columns"][number];

export function View({ step, answer, onChange }: StepViewProps<SorterStep, SorterAnswer>) {
  const [said, say] = useState("");
  const { root, focusAfter } = useFocusAfter<HTMLDivElement>(answer);
  const toast = useToast();
  const latest = useLatest(answer);
  const unsorted = entriesIn(answer, null);

  const sort = ({ text }: SorterEntry, column: Column) => {
    const others = unsorted.filter((each) => each.text !== text);
    const at = unsorted.findIndex((each) => each.text === text);
    const next = others[Math.min(at, others.length - 1)];
    focusAfter(next === undefined ? "sorted" : `${column.id} ${next.text}`);
    say(words.said(text, column.text, others.length));
    onChange(withSorted(answer, text, column.id));
  };
  const change = ({ text }: SorterEntry, column: Column) => {
    focusAfter(`other ${text}`);
    say(words.said(text, column.text, unsorted.length));
    onChange(withSorted(answer, text, column.id));
  };
  const putBack = ({ text }: SorterEntry) => {
    focusAfter(`${step.columns[0]!.id} ${text}`);
    say(words.saidBack(text));
    onChange(withSorted(answer, text, null));
  };
  const add = (text: string) => {
    const next = withAdded(step, answer, text);
    if (next !== answer) say(words.saidAdded(text));
    onChange(next);
  };
  const remove = ({ text }: SorterEntry) => {
    focusAfter("add");
    const undo = () => onChange(withAdded(step, latest.current, text));
    toast({ text: words.saidRemoved(text), undo: { text: allWords.undo, run: undo } });
    onChange(withRemoved(answer, text));
  };

  return (
    <div className={style["sorter"]} ref={root}>
      <StepQuestion ask={step.ask} hint={step.hint} />
      {unsorted.length > 0 && (
        <Unsorted entries={unsorted} columns={step.columns} onSort={sort} onRemove={remove} />
      )}
      {unsorted.length === 0 && answer.entries.length > 0 && (
        <p className={style["done"]} tabIndex={-1} data-focus="sorted">
          {words.allSorted}
        </p>
      )}
      {!isFull(step, answer) && (
        <div tabIndex={-1} data-focus="add" className={style["add"]}>
          <AddLine
            label={words.add}
            hint={step.prompts === undefined ? undefined : words.instance(step.prompts)}
            onAdd={add}
          />
        </div>
      )}
      <div className={style["columns"]}>
        {step.columns.map((column, place) => (
          <Side
            key={column.id}
            column={column}
            other={step.columns[1 - place]!}
            entries={entriesIn(answer, column.id)}
            onChange={change}
            onPutBack={putBack}
          />
        ))}
      </div>
      <Said text={said} />
    </div>
  );
}

function Unsorted(props: {
  readonly entries: readonly SorterEntry[];
  readonly columns: readonly Column[];
  readonly onSort: (entry: SorterEntry, column: Column) => void;
  readonly onRemove: (entry: SorterEntry) => void;
}) {
  const { entries, columns, onSort, onRemove } = props;
  const id = useId();
  return (
    <section className={style["unsorted"]} aria-labelledby={id}>
      <h2 id={id} className={style["name"]}>
        {words.unsorted} <span className={style["count"]}>{entries.length}</span>
      </h2>
      <ul className={style["entries"]} role="list">
        {entries.map((entry) => (
          <li key={entry.text} className={style["open"]}>
            <span className={style["text"]}>{entry.text}</span>
            {entry.isOwn && <RemoveButton entry={entry} onRemove={onRemove} />}
            <span className={style["sides"]}>
              {columns.map((column) => (
                <Button
                  key={column.id}
                  aria-label={words.toColumn(entry.text, column.text)}
                  data-focus={`${column.id} ${entry.text}`}
                  onClick={() => onSort(entry, column)}
                >
                  {column.text}
                </Button>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Side(props: {
  readonly column: Column;
  readonly other: Column;
  readonly entries: readonly SorterEntry[];
  readonly onChange: (entry: SorterEntry, column: Column) => void;
  readonly onPutBack: (entry: SorterEntry) => void;
}) {
  const { column, other, entries, onChange, onPutBack } = props;
  const id = useId();
  return (
    <section className={style["side"]} aria-labelledby={id}>
      <h2 id={id} className={style["name"]}>
        {column.text} <span className={style["count"]}>{entries.length}</span>
      </h2>
      {column.says !== undefined && <p className={style["says"]}>{column.says}</p>}
      {entries.length === 0 && <p className={style["says"]}>{words.nobodyHere}</p>}
      <ul className={style["entries"]} role="list">
        {entries.map((entry) => (
          <li key={entry.text} className={style["sorted"]}>
            <span className={style["text"]}>{entry.text}</span>
            <span className={style["changes"]}>
              <Button
                kind="quiet"
                aria-label={words.toOtherSide(entry.text, other.text)}
                data-focus={`other ${entry.text}`}
                onClick={() => onChange(entry, other)}
              >
                {words.otherSide}
              </Button>
              <Button
                kind="quiet"
                aria-label={words.putBackWhat(entry.text)}
                onClick={() => onPutBack(entry)}
              >
                {words.putBack}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RemoveButton(props: {
  readonly entry: SorterEntry;
  readonly onRemove: (entry: SorterEntry) => void;
}) {
  return (
    <button
      type="button"
      className={style["remove"]}
      aria-label={words.remove(props.entry.text)}
      onClick={() => props.onRemove(props.entry)}
    >
      <Icon name="close" />
    </button>
  );
}
