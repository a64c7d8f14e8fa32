/**
 * Checks content/learn: that each text fits its kind, points only at what exists, is as long as a doctor has minutes,
 * can be read when tired, says nothing that our texts don't say, and that every path has its programme for every stage.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { readForbiddenWords } from "#library/content-file.ts";
import type { ForbiddenWords } from "#library/forbidden-words.ts";
import { pathIdSchema } from "#library/path.ts";
import { wordCount } from "#library/reading-level.ts";
import type { Finding } from "#library/server/content-check.ts";
import { openYaml } from "#library/server/open-yaml.ts";
import { proseFaults } from "#library/server/prose-check.ts";
import { linksIn, plainTexts } from "../document.ts";
import { STAGES, type FrontMatter } from "../front-matter.ts";
import type { LearnText } from "../learn-text.ts";
import { coursesSchema, licenceFormsSchema } from "../catalogue.ts";
import { isShelf, readLearn, type ReadLearn } from "./read-learn.ts";

export interface LearnCheckOptions {
  /** ISO day: what is dated after it is a finding. */
  readonly today?: string;
}

/** Fewest and most words of a body, 2 to 5 minutes of reading for the longer kinds. */
const LENGTHS = {
  programme: [350, 1000],
  topic: [350, 1000],
  lesson: [150, 350],
  "evidence-card": [120, 300],
  role: [120, 300],
} as const satisfies Record<FrontMatter["kind"], readonly [number, number]>;

/** Cutting a good text for its last twenty words makes it no better. */
const LET_BE = 1.05;

/** What every programme tells, in this order. */
const PROGRAMME_HEADINGS = [
  "What it is for",
  "Who it suits",
  "What happens",
  "When to stop",
  "What it can't do",
];

interface Opened {
  readonly file: string;
  readonly read: ReadLearn;
}

/** Called beside `checkContent`, with the same root. */
export async function checkLearn(
  root: string,
  options: LearnCheckOptions = {},
): Promise<Finding[]> {
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const names = (await readdir(root, { recursive: true }).catch(() => [])).map((name) =>
    name.replaceAll("\\", "/"),
  );
  const known = new Set(
    names
      .filter((name) => /\.(?:yaml|md)$/.test(name))
      .map((name) => name.replace(/\.(?:yaml|md)$/, "")),
  );
  const files = names.filter((name) => /^learn\/.*\.md$/.test(name)).toSorted();
  const opened = await Promise.all(
    files.map(async (file): Promise<Opened> => {
      const source = await readFile(join(root, file), "utf8");
      return { file, read: readLearn(file.replace(/\.md$/, ""), source) };
    }),
  );
  const forbidden = await readForbidden(root);
  return [
    ...opened.flatMap((one) => findingsIn(one, known, forbidden, today)),
    ...gapsIn(opened.flatMap(({ read }) => read.text ?? [])),
    ...(await tableFindings(root, today)),
  ];
}

function findingsIn(
  { file, read }: Opened,
  known: ReadonlySet<string>,
  forbidden: ForbiddenWords["content"],
  today: string,
): Finding[] {
  const at = (line: number, rule: Finding["rule"], message: string): Finding => ({
    file,
    line,
    rule,
    message,
  });
  const shelf = file.split("/")[1] ?? "";
  const found = read.faults.map(({ line, rule, message }) =>
    at(line, rule === "markdown" ? "schema" : rule, message),
  );
  if (!isShelf(shelf)) found.push(at(1, "link", `there is no shelf ${shelf}`));
  const { text } = read;
  if (text === null) return found;
  return [
    ...found,
    ...linkFindings(text, read, known).map(([line, message]) => at(line, "link", message)),
    ...lengthFindings(text).map((message) => at(1, "reading", message)),
    ...headingFindings(text).map((message) => at(1, "schema", message)),
    ...dateFindings(text, read, today).map(([line, message]) => at(line, "source", message)),
    ...proseFindings(text, read, forbidden).map((fault) =>
      at(fault.line, fault.rule, fault.message),
    ),
  ];
}

type Placed = readonly [line: number, message: string];

function linkFindings(text: LearnText, read: ReadLearn, known: ReadonlySet<string>): Placed[] {
  const { front, body } = text;
  const missing = (name: string) => !known.has(name);
  return [
    ...front.next.flatMap((name, i): Placed[] =>
      missing(name) || name === text.name
        ? [[read.lineOf(["next", i]), `next: ${name} leads nowhere`]]
        : [],
    ),
    ...(front.kind === "programme" ? front.exercises : []).flatMap(({ exercise }, i): Placed[] =>
      missing(`exercises/${exercise}`)
        ? [[read.lineOf(["exercises", i]), `there is no exercise ${exercise}`]]
        : [],
    ),
    ...body.flatMap((block, i) =>
      linksIn([block])
        .filter(missing)
        .map((name): Placed => [read.lines[i]!, `${name} leads nowhere`]),
    ),
  ];
}

function lengthFindings({ front, body }: LearnText): string[] {
  const words = plainTexts(body).reduce((sum, text) => sum + wordCount(text), 0);
  const [least, most] = LENGTHS[front.kind];
  return words >= least && words <= most * LET_BE
    ? []
    : [`${words} words; a text of this kind has ${least} to ${most}`];
}

function headingFindings({ front, body }: LearnText): string[] {
  const headings = body.flatMap((block) =>
    block.kind === "heading" && block.level === 2 ? [block.text.replaceAll("\u2019", "'")] : [],
  );
  const wanted = front.kind === "programme" ? PROGRAMME_HEADINGS : [];
  const places = wanted.map((title) => headings.indexOf(title));
  const absent = wanted.filter((title) => !headings.includes(title));
  if (absent.length > 0) return absent.map((title) => `the heading "## ${title}" is missing`);
  return places.every((place, i) => i === 0 || place > places[i - 1]!)
    ? []
    : [`the headings come in this order: ${wanted.join(", ")}`];
}

function dateFindings({ front }: LearnText, read: ReadLearn, today: string): Placed[] {
  const dated: [readonly (string | number)[], string, number][] = [];
  if (front.kind === "evidence-card") dated.push([["checked_on"], front.checked_on, front.year]);
  else
    front.sources?.forEach(({ checked_on: day, year }, i) =>
      dated.push([["sources", i], day, year]),
    );
  if (front.kind === "role" && front.pay !== null)
    dated.push([["pay"], front.pay.checked_on, front.pay.year]);
  return dated
    .filter(([, day, year]) => day > today || year > Number(today.slice(0, 4)))
    .map(([place]) => [read.lineOf(place), `${place.join(".")}: lies in the future`]);
}

function proseFindings(text: LearnText, read: ReadLearn, forbidden: ForbiddenWords["content"]) {
  const { licence: _l, language: _a, next: _n, tags: _t, ...front } = text.front;
  const written = { front, body: text.body.map((block) => plainTexts([block])) };
  return proseFaults(written, forbidden).map(({ at, rule, message }) => {
    const [part, ...place] = at;
    const line =
      part === "front" ? read.lineOf(place) : part === "body" ? read.lines[Number(place[0])]! : 1;
    return { line, rule, message };
  });
}

/** Four paths, five stages: none may be without its programme. */
function gapsIn(texts: readonly LearnText[]): Finding[] {
  const names = new Set(texts.map(({ name }) => name));
  return pathIdSchema.options
    .flatMap((path) => STAGES.map((stage) => `learn/programmes/${path}-${stage}`))
    .filter((name) => !names.has(name))
    .map((name) => ({
      file: `${name}.md`,
      line: 1,
      rule: "coverage",
      message: "this path and stage have no programme",
    }));
}

const TABLES = { courses: coursesSchema, "licence-forms": licenceFormsSchema } as const;

/** The two tables: their shape, their days and ids. Their words `checkContent` looks at, as in every YAML file. */
async function tableFindings(root: string, today: string): Promise<Finding[]> {
  const found = Object.entries(TABLES).map(async ([name, schema]): Promise<Finding[]> => {
    const file = `learn/${name}.yaml`;
    const fault = (rule: Finding["rule"], message: string): Finding[] => [
      { file, line: 1, rule, message },
    ];
    const source = await readFile(join(root, file), "utf8").catch(() => null);
    if (source === null) return fault("coverage", "is missing");
    const parsed = v.safeParse(schema, openYaml(source).raw);
    if (!parsed.success)
      return parsed.issues.flatMap((issue) =>
        fault(
          "schema",
          `${(issue.path ?? []).map(({ key }) => String(key)).join(".")}: ${issue.message}`,
        ),
      );
    const table = parsed.output;
    const rows = table.kind === "courses" ? table.courses : table.forms;
    const ids =
      table.kind === "courses"
        ? table.courses.map(({ id }) => id)
        : table.forms.map(({ state }) => state);
    return [
      ...rows.flatMap((row, i) =>
        row.checked_on > today ? fault("source", `${ids[i]}: lies in the future`) : [],
      ),
      ...ids.flatMap((id, i) => (ids.indexOf(id) === i ? [] : fault("link", `${id} stands twice`))),
    ];
  });
  return (await Promise.all(found)).flat();
}

async function readForbidden(root: string): Promise<ForbiddenWords["content"]> {
  const source = await readFile(join(root, "words-not-to-use.yaml"), "utf8").catch(() => "");
  const read = readForbiddenWords(openYaml(source).raw);
  return read.ok ? read.value.content : [];
}
