import { expect, test } from "vitest";
import fc from "fast-check";
import { trendsToCsv } from "./csv.ts";
import type { Series } from "./series.ts";

const HEADS = ["Kind", "From", "To", "Of", "Name", "Value", "Lowest", "Highest", "Source"];
const KINDS = { reading: "Reading", event: "Event" };
const series = (name: string, ...scores: number[]): Series => ({
  id: "exercise x y",
  source: "exercise",
  name,
  within: "Margin, and more",
  range: [0, 100],
  better: "higher",
  readings: scores.map((score, i) => ({ day: `2026-01-0${i + 1}`, score })),
  noise: null,
});
const marked = (text: string) => ({ from: "2026-01-02", to: null, text });

/** RFC 4180, as a spreadsheet reads it. */
function parse(csv: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < csv.length; i++) {
    const at = csv[i]!;
    if (quoted && at === '"' && csv[i + 1] === '"') cell += csv[++i];
    else if (at === '"') quoted = !quoted;
    else if (!quoted && (at === "," || (at === "\r" && csv[i + 1] === "\n"))) {
      rows.at(-1)!.push(cell);
      cell = "";
      if (at === "\r") {
        rows.push([]);
        i++;
      }
    } else cell += at;
  }
  expect(rows.pop()).toEqual([]);
  return rows;
}

test("one row a reading and one an event, numbers as numbers", () => {
  const csv = trendsToCsv([series("Margin", 12.5, 100 / 3)], [marked("New EHR")], HEADS, KINDS);
  expect(csv).toBe(
    [
      HEADS.join(","),
      'Reading,2026-01-01,,"Margin, and more",Margin,12.5,0,100,exercise x y (higher)',
      'Reading,2026-01-02,,"Margin, and more",Margin,33.3333,0,100,exercise x y (higher)',
      "Event,2026-01-02,,,New EHR,,,,",
      "",
    ].join("\r\n"),
  );
});

test.each(["=1+1", "+1", "-1", "@sum", "\t=1", " =1", "＝1", "|calc", "%0"])(
  "%j is text to a spreadsheet and no formula",
  (text) => {
    const row = parse(trendsToCsv([], [marked(text)], HEADS, KINDS))[1]!;
    expect(row[4]).toBe(`'${text}`);
  },
);

const troublesome = fc.constantFrom(...`=+-@|%\t\r\n",;' a1é＝＠`);

test("whatever was typed comes back whole, and no cell begins as a formula does", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: troublesome }), { maxLength: 4 }), (texts) => {
      const rows = parse(trendsToCsv([], texts.map(marked), HEADS, KINDS)).slice(1);
      const cells = rows.map((row) => row[4]!);
      expect(cells.map((cell, i) => (cell === `'${texts[i]}` ? cell.slice(1) : cell))).toEqual(
        texts,
      );
      expect(rows.flat().filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([]);
    }),
  );
});
