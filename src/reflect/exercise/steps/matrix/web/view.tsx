/**
 * A table to write in. A phone shows it one column after the other, so that the first, which asks what works, is
 * through before the second; a wide screen shows the columns side by side, with the same cells in the same order.
 */
import type { CSSProperties } from "react";
import { TextArea } from "#design/field.tsx";
import { readBy } from "#design/readership.ts";
import { ZoneGroup } from "#design/zone-mark.tsx";
import { StepQuestion } from "../../../web/step-question.tsx";
import type { StepViewProps } from "../../../web/step-view.ts";
import { cellText, withCell, type MatrixAnswer, type MatrixStep } from "../step.ts";
import { words } from "./words.ts";
import style from "./view.module.css";

type Named = MatrixStep["rows"][number];

export function View({ step, answer, onChange }: StepViewProps<MatrixStep, MatrixAnswer>) {
  const tracks = { "--columns": step.columns.length, "--rows": step.rows.length } as CSSProperties;
  return (
    <div className={style["matrix"]}>
      <StepQuestion ask={step.ask} hint={step.hint} />
      <p className={style["lines"]}>{words.lines}</p>
      <div className={style["table"]} style={tracks}>
        {step.columns.map((column, place) => (
          <Column
            key={column.id}
            column={column}
            earlier={step.columns.slice(0, place)}
            rows={step.rows}
            answer={answer}
            onChange={onChange}
          />
        ))}
      </div>
    </div>
  );
}

function Column(props: {
  readonly column: Named;
  /** Their cells are told again, for whom they have scrolled out of sight. */
  readonly earlier: readonly Named[];
  readonly rows: readonly Named[];
  readonly answer: MatrixAnswer;
  readonly onChange: (answer: MatrixAnswer) => void;
}) {
  const { column, earlier, rows, answer, onChange } = props;
  return (
    <ZoneGroup zone={readBy.onlyYou} label={column.text} className={style["column"]}>
      {(note) => (
        <>
          <div className={style["head"]}>
            <h2 className={style["name"]}>
              {column.text}
              {note}
            </h2>
            {column.says !== undefined && <p className={style["says"]}>{column.says}</p>}
          </div>
          {rows.map((row) => (
            <TextArea
              key={row.id}
              label={row.text}
              hint={<CellHint row={row} earlier={earlier} answer={answer} />}
              zone={readBy.onlyYou}
              rows={2}
              maxLength={2000}
              value={cellText(answer, row.id, column.id)}
              onChange={(text) => onChange(withCell(answer, row.id, column.id, text))}
            />
          ))}
        </>
      )}
    </ZoneGroup>
  );
}

function CellHint(props: {
  readonly row: Named;
  readonly earlier: readonly Named[];
  readonly answer: MatrixAnswer;
}) {
  const { row, earlier, answer } = props;
  const said = earlier
    .map((column) => ({ column, text: cellText(answer, row.id, column.id).trim() }))
    .filter(({ text }) => text !== "");
  return (
    <>
      {row.says !== undefined && (
        <p data-again={earlier.length > 0 ? "" : undefined} className={style["rowSays"]}>
          {row.says}
        </p>
      )}
      {said.map(({ column, text }) => (
        <p key={column.id} className={style["before"]}>
          {words.before(column.text, text.replaceAll(/\s*\n\s*/g, "; "))}
        </p>
      ))}
    </>
  );
}
