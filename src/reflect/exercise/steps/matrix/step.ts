/** Short entries in the cells of a table, such as strategies, structures, systems and supports by what holds and what is missing. */
import * as v from "valibot";
import { askFields, explainedSchema } from "../../step-fields.ts";
import type { StepRules } from "../../step-rules.ts";
import { namedMarkdownLine } from "../markdown-list.ts";

export const matrixStepSchema = v.strictObject({
  kind: v.literal("matrix"),
  ...askFields,
  rows: v.pipe(v.array(explainedSchema), v.minLength(2), v.maxLength(8)),
  /** Asked one after the other, the first one for all rows before the second. */
  columns: v.pipe(v.array(explainedSchema), v.minLength(1), v.maxLength(3)),
});
export type MatrixStep = v.InferOutput<typeof matrixStepSchema>;

const matrixAnswerSchema = v.object({
  /** As typed, an entry a line; a cell of a row or column that the step no longer has is kept with the rest. */
  cells: v.array(v.object({ row: v.string(), column: v.string(), text: v.string() })),
});
export type MatrixAnswer = v.InferOutput<typeof matrixAnswerSchema>;

export function cellText(answer: MatrixAnswer, row: string, column: string): string {
  return answer.cells.find((cell) => cell.row === row && cell.column === column)?.text ?? "";
}

export function withCell(
  answer: MatrixAnswer,
  row: string,
  column: string,
  text: string,
): MatrixAnswer {
  const others = answer.cells.filter((cell) => cell.row !== row || cell.column !== column);
  return { cells: text === "" ? others : [...others, { row, column, text }] };
}

export const matrixRules: StepRules<MatrixStep, MatrixAnswer> = {
  empty: () => ({ cells: [] }),
  read: (_, raw) => {
    const parsed = v.safeParse(matrixAnswerSchema, raw);
    return parsed.success ? parsed.output : null;
  },
  isAnswered: (_, { cells }) => cells.some(({ text }) => text.trim() !== ""),
  entries: (step, answer, part) =>
    inOrder(step, answer)
      .filter(({ row, column }) => part === undefined || row === part || column === part)
      .flatMap(({ text }) => lines(text)),
  parts: (step) => [...step.columns, ...step.rows].map(({ id }) => id),
  typed: (_, { cells }) => cells.map(({ text }) => text),
  toMarkdown: (step, answer) => {
    const cells = inOrder(step, answer).filter(({ text }) => text.trim() !== "");
    return [...new Set(cells.map(({ column }) => column))]
      .map((column) => {
        const rows = cells
          .filter((cell) => cell.column === column)
          .map((cell) =>
            namedMarkdownLine(textOf(step.rows, cell.row), lines(cell.text).join("; ")),
          );
        return `**${textOf(step.columns, column)}**\n\n${rows.join("\n")}`;
      })
      .join("\n\n");
  },
};

/** Column by column, as they are asked; what the step no longer has comes last. */
function inOrder(step: MatrixStep, { cells }: MatrixAnswer): MatrixAnswer["cells"] {
  const place = (all: readonly { id: string }[], id: string) => {
    const at = all.findIndex((each) => each.id === id);
    return at === -1 ? all.length : at;
  };
  return cells.toSorted(
    (a, b) =>
      place(step.columns, a.column) - place(step.columns, b.column) ||
      place(step.rows, a.row) - place(step.rows, b.row),
  );
}

const textOf = (all: readonly { id: string; text: string }[], id: string): string =>
  all.find((each) => each.id === id)?.text ?? id;

const lines = (text: string): readonly string[] =>
  text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
