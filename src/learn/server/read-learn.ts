/**
 * Reads one file of content/learn: front matter between `---` lines, then Markdown. Used by the build, which stops at
 * a fault, and by the check, which tells each with its line.
 */
import * as v from "valibot";
import { openYaml } from "#library/server/open-yaml.ts";
import { frontMatterSchema, kindByShelf, SHELVES, type Shelf } from "../front-matter.ts";
import type { LearnText } from "../learn-text.ts";
import { readMarkdown } from "./read-markdown.ts";

interface LearnFault {
  readonly line: number;
  readonly rule: "yaml" | "schema" | "markdown" | "link";
  readonly message: string;
}

export interface ReadLearn {
  /** Null where the front matter could not be read. */
  readonly text: LearnText | null;
  readonly faults: readonly LearnFault[];
  /** Line of each block of the body. */
  readonly lines: readonly number[];
  /** Line of a place in the front matter. */
  readonly lineOf: (at: readonly (string | number)[]) => number;
}

const FRONT = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/;

/** `name`: below content/, without the ending: `learn/topics/saying-no`. */
export function readLearn(name: string, source: string): ReadLearn {
  const front = FRONT.exec(source);
  if (front === null)
    return unreadable([{ line: 1, rule: "yaml", message: "does not begin with front matter" }]);
  const opened = openYaml(front[1]!);
  // The first `---` is a line above what was opened.
  if (opened.faults.length > 0)
    return unreadable(
      opened.faults.map(({ line, message }) => ({ line: line + 1, rule: "yaml", message })),
    );
  const lineOf = (at: readonly (string | number)[]) => opened.lineOf(at) + 1;

  const head = front[0].split("\n").length - 1;
  const body = readMarkdown(source.slice(front[0].length));
  const markdown = body.faults.map(({ line, message }): LearnFault => ({
    line: line + head,
    rule: "markdown",
    message,
  }));
  const parsed = v.safeParse(frontMatterSchema, opened.raw);
  if (!parsed.success) {
    const schema = parsed.issues.map((issue): LearnFault => {
      const at = (issue.path ?? []).map((step) => step.key as string | number);
      return { line: lineOf(at), rule: "schema", message: `${at.join(".")}: ${issue.message}` };
    });
    return { text: null, faults: [...schema, ...markdown], lines: [], lineOf };
  }
  const text = { name, front: parsed.output, body: body.blocks };
  return {
    text,
    faults: [...placeFaults(text, lineOf), ...markdown],
    lines: body.lines.map((line) => line + head),
    lineOf,
  };
}

function placeFaults({ name, front }: LearnText, lineOf: ReadLearn["lineOf"]): LearnFault[] {
  const [, shelf = "", id = ""] = name.split("/");
  const fault = (key: string, message: string): LearnFault => ({
    line: lineOf([key]),
    rule: "link",
    message: `${key}: ${message}`,
  });
  return [
    ...(front.id === id ? [] : [fault("id", "differs from the file's name")]),
    ...(isShelf(shelf) && kindByShelf[shelf] !== front.kind
      ? [fault("kind", `on the shelf ${shelf} it is ${kindByShelf[shelf]}`)]
      : []),
    ...(front.kind === "programme" && id !== `${front.path}-${front.stage}`
      ? [fault("id", `is ${front.path}-${front.stage}, by its path and stage`)]
      : []),
  ];
}

export const isShelf = (shelf: string): shelf is Shelf => SHELVES.some((each) => each === shelf);

const unreadable = (faults: readonly LearnFault[]): ReadLearn => ({
  text: null,
  faults,
  lines: [],
  lineOf: () => 1,
});
