/**
 * Readings and events as a table file (RFC 4180). What a person typed could begin as a formula does, and a
 * spreadsheet would run it: such a cell gets an apostrophe in front, which spreadsheets take as "this is text".
 */
import type { MarkedEvent } from "./event.ts";
import type { Series } from "./series.ts";

/** A number is written as it is; text is escaped. */
type Cell = string | number;

export function trendsToCsv(
  all: readonly Series[],
  events: readonly MarkedEvent[],
  heads: readonly string[],
  kinds: { readonly reading: string; readonly event: string },
): string {
  const readings = all.flatMap(({ within, name, readings: given, range, better, id }) =>
    given.map(({ day, score }): Cell[] => [
      kinds.reading,
      day,
      "",
      within,
      name,
      Number(score.toFixed(4)),
      range[0],
      range[1],
      `${id} (${better})`,
    ]),
  );
  const marked = events.map(({ from, to, text }): Cell[] => [
    kinds.event,
    from,
    to ?? "",
    "",
    text,
    "",
    "",
    "",
    "",
  ]);
  return [heads, ...readings, ...marked]
    .map((row) => `${row.map(cellToText).join(",")}\r\n`)
    .join("");
}

function cellToText(cell: Cell): string {
  if (typeof cell === "number") return String(cell);
  // Full-width signs are formulas to some; spaces before one are passed over by some.
  const text = /^\s*[=+\-@\t\r|%＝＋－＠]/u.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
