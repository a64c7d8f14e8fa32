/**
 * Opens YAML of anybody's making: whatever it holds, it ends with plain data or with faults that have a line.
 * Repeats (`*name`) are read; those that lead nowhere, into themselves or into millions of the same are faults.
 */
import { LineCounter, parseDocument, visit, type Document } from "yaml";

export interface OpenedYaml {
  /** Null where there are faults. It can be walked through to its end. */
  readonly raw: unknown;
  readonly faults: readonly YamlFault[];
  /** Of a place in it, or of the nearest around that. */
  readonly lineOf: (at: readonly (string | number)[]) => number;
}

interface YamlFault {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** Several times as long as the longest that is read by people. */
const MOST_CHARACTERS = 2_000_000;

export function openYaml(source: string): OpenedYaml {
  if (source.length > MOST_CHARACTERS) return unreadable("is longer than any content is");
  const lines = new LineCounter();
  try {
    const document = parseDocument(source, {
      lineCounter: lines,
      prettyErrors: false,
      logLevel: "error",
    });
    const lineAt = (offset: number) => lines.linePos(offset).line;
    const faults = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
      line: lineAt(pos[0]),
      message,
    }));
    faults.push(...repeatsOfNothing(document, lineAt));
    const raw = faults.length === 0 ? plain(document) : null;
    return { raw, faults, lineOf: (at) => lineIn(document, at, lineAt) };
  } catch (error) {
    return unreadable(whyNot(error));
  }
}

function plain(document: Document): unknown {
  const raw: unknown = document.toJS();
  // Throws where it holds itself, or is deeper than whoever walks through it can go.
  JSON.stringify(raw);
  return raw;
}

function repeatsOfNothing(document: Document, lineAt: (offset: number) => number): YamlFault[] {
  const faults: YamlFault[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) === undefined)
        faults.push({
          line: lineAt(alias.range?.[0] ?? 0),
          message: `*${alias.source} repeats nothing; words that begin with * stand in quotes`,
        });
    },
  });
  return faults;
}

function lineIn(
  document: Document,
  at: readonly (string | number)[],
  lineAt: (offset: number) => number,
): number {
  for (let depth = at.length; depth > 0; depth--) {
    const place = at.slice(0, depth);
    const node = (document.getIn(place, true) ?? document.getIn(place.map(keyAsWritten), true)) as
      { range?: [number] } | undefined;
    if (node?.range) return lineAt(node.range[0]);
  }
  return 1;
}

/** `12: text` has a number for its key in the document, and the string "12" in plain data. */
const keyAsWritten = (part: string | number): string | number =>
  typeof part === "string" && /^\d+$/.test(part) ? Number(part) : part;

const whyNot = (error: unknown): string => {
  if (error instanceof RangeError) return "is nested too deeply, or holds itself";
  if (error instanceof ReferenceError) return "repeats the same too often";
  if (error instanceof TypeError) return "holds itself";
  throw error;
};

const unreadable = (message: string): OpenedYaml => ({
  raw: null,
  faults: [{ line: 1, message }],
  lineOf: () => 1,
});
