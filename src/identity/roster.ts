/**
 * Reads a roster: one e-mail address and one stage a line, as spreadsheets save it. What doesn't parse is
 * told line by line; the good lines are kept.
 */
import { normaliseEmail, STAGES, type Stage } from "./account.ts";

export interface RosterLine {
  /** 1-based, as the spreadsheet counts. */
  readonly line: number;
  readonly email: string;
  readonly stage: Stage;
}

export interface RosterProblem {
  /** 1-based, as the spreadsheet counts. */
  readonly line: number;
  readonly reason: "Address" | "Stage" | "Twice" | "TooManyColumns";
}

export const MOST_ROSTER_LINES = 5000;

export function readRoster(text: string): { lines: RosterLine[]; problems: RosterProblem[] } {
  const lines: RosterLine[] = [];
  const problems: RosterProblem[] = [];
  const seen = new Set<string>();
  const rows = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  let hasBegun = false;
  for (const [index, row] of rows.entries()) {
    const cells = splitRow(row);
    if (cells.every((cell) => cell === "") || isSeparatorRow(row)) continue;
    const isFirst = !hasBegun;
    hasBegun = true;
    if (isFirst && isHeading(cells)) continue;
    const email = normaliseEmail(cells[0] ?? "");
    const stage = stageNamed(cells[1] ?? "");
    const reason =
      email === null
        ? "Address"
        : stage === null
          ? "Stage"
          : seen.has(email)
            ? "Twice"
            : cells.slice(2).some(Boolean)
              ? "TooManyColumns"
              : null;
    if (reason !== null || email === null || stage === null) {
      problems.push({ line: index + 1, reason: reason ?? "Address" });
      continue;
    }
    seen.add(email);
    lines.push({ line: index + 1, email, stage });
  }
  return { lines, problems };
}

// RFC 4180, with semicolons and tabs too, as spreadsheets in many countries write them.
function splitRow(row: string): string[] {
  const separator = row.includes("\t") ? "\t" : row.includes(";") ? ";" : ",";
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < row.length; at++) {
    const letter = row[at]!;
    if (letter === '"' && quoted && row[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"') quoted = !quoted;
    else if (letter === separator && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += letter;
  }
  return [...cells, cell.trim()];
}

// Excel's own note to itself, "sep=;".
const isSeparatorRow = (row: string): boolean => /^"?sep=.?"?$/i.test(row.trim());

// In the languages that write it otherwise than "mail" too. An address without its @ is no heading but a fault.
const isHeading = (cells: readonly string[]): boolean =>
  /e-?mail|^mail|addres|correo|courriel|adresse?$|indirizzo|почта|メール/i.test(cells[0] ?? "") &&
  !/[@.]/.test(cells[0] ?? "");

function stageNamed(typed: string): Stage | null {
  const plain = typed
    .toLowerCase()
    .replace(/[\s_]+/g, "-")
    .trim();
  return (
    STAGES.find(
      (stage) => stage === plain || stage.replaceAll("-", "") === plain.replaceAll("-", ""),
    ) ?? null
  );
}
