import { expect, test } from "vitest";
import { cellText, matrixRules, withCell, type MatrixStep } from "./step.ts";

const step: MatrixStep = {
  kind: "matrix",
  id: "supports",
  ask: "What carries you?",
  rows: [
    { id: "habits", text: "Habits" },
    { id: "people", text: "People" },
  ],
  columns: [
    { id: "works", text: "Works already" },
    { id: "missing", text: "Would help" },
  ],
};
const empty = matrixRules.empty(step, []);
const filled = [
  ["people", "missing", "A deputy"],
  ["people", "works", "Ngozi \n\n the Thursday lunch"],
  ["habits", "works", "Walking in"],
].reduce((answer, [row, column, text]) => withCell(answer, row!, column!, text!), empty);

test("a line is an entry; a whole column or a whole row can be taken up", () => {
  expect(matrixRules.entries(step, filled, "works")).toEqual([
    "Walking in",
    "Ngozi",
    "the Thursday lunch",
  ]);
  expect(matrixRules.entries(step, filled, "people")).toEqual([
    "Ngozi",
    "the Thursday lunch",
    "A deputy",
  ]);
  expect(matrixRules.parts(step)).toEqual(["works", "missing", "habits", "people"]);
});

test("it is told column by column, what works first, and blank cells not at all", () => {
  expect(matrixRules.toMarkdown(step, withCell(filled, "habits", "missing", " \n"))).toBe(
    [
      "**Works already**",
      "- **Habits**: Walking in\n- **People**: Ngozi; the Thursday lunch",
      "**Would help**",
      "- **People**: A deputy",
    ].join("\n\n"),
  );
});

test("blanks alone are no answer, and an emptied cell is gone", () => {
  expect(matrixRules.isAnswered(step, withCell(empty, "people", "works", " \n "))).toBe(false);
  expect(withCell(withCell(empty, "people", "works", "a"), "people", "works", "")).toEqual(empty);
});

test("what was written in a row that is no more is kept and told with the rest", () => {
  const later: MatrixStep = { ...step, rows: [step.rows[0]!, { id: "rooms", text: "Rooms" }] };
  const read = matrixRules.read(later, filled, [])!;
  expect(cellText(read, "people", "missing")).toBe("A deputy");
  expect(matrixRules.entries(later, read)).toContain("A deputy");
  expect(matrixRules.toMarkdown(later, read)).toContain("- **people**: A deputy");
});

test("what was never an answer is none", () => {
  for (const raw of [undefined, [], { cells: "a" }, { cells: [{ row: "people" }] }])
    expect(matrixRules.read(step, raw, [])).toBeNull();
});
