/**
 * Content files that mean harm, each in a folder of its own that `content check` is let loose on: whatever it is
 * given, the check ends, in time, with a finding that names the file and a line. A reader that trusts what it is
 * given must break on some, or they would harm nobody.
 */
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { parse } from "yaml";
import type { Checked } from "./check-folders.ts";
import type { Harm } from "./hostile-stewards.ts";

const HOME = join(import.meta.dirname, "..");
const SLOW_MS = 15_000;
const ALL_MS = 240_000;

export interface HostileContent {
  readonly name: string;
  /** Below content/. */
  readonly path: string;
  readonly bytes: string | Uint8Array;
}

const EXERCISE = "exercises/hostile.yaml";
const TOPIC = "learn/topics/hostile.md";

export const hostileContent = (): readonly HostileContent[] => [
  ...Object.entries(YAML).map(([name, bytes]) => ({ name, path: EXERCISE, bytes })),
  ...Object.entries(YAML_BYTES).map(([name, bytes]) => ({ name, path: EXERCISE, bytes })),
  ...["bomb", "circle", "nothing to repeat"].flatMap((name) => [
    { name: `${name}, in a table`, path: "learn/courses.yaml", bytes: YAML[name]! },
    { name: `${name}, as words`, path: "words-not-to-use.yaml", bytes: YAML[name]! },
    { name: `${name}, in front`, path: TOPIC, bytes: `---\n${YAML[name]}\n---\nText.\n` },
  ]),
  ...Object.entries(MARKDOWN).map(([name, body]) => ({
    name,
    path: TOPIC,
    bytes: `---\n${FRONT}\n---\n${body}\n`,
  })),
  { name: "no front", path: TOPIC, bytes: "## Only a heading\n" },
  { name: "front without end", path: TOPIC, bytes: `---\n${"a: 1\n".repeat(20_000)}` },
];

const KIND = "kind: exercise\nid: hostile\nversion: 1\nlanguage: en\n";

const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
for (const [last, next] of ["ab", "bc", "cd", "de", "ef", "fg", "gh", "hi"].map((two) => [...two]))
  bomb.push(`${next}: &${next} [${Array.from({ length: 9 }, () => `*${last}`).join(", ")}]`);

const YAML: Readonly<Record<string, string>> = {
  bomb: KIND + bomb.join("\n"),
  circle: `${KIND}steps: &all\n  - kind: prose\n    steps: *all\n`,
  "nothing to repeat": `${KIND}title: *Really* why\n`,
  "deep lists": `${KIND}steps: ${"[".repeat(20_000)}${"]".repeat(20_000)}\n`,
  "deep blocks": Array.from({ length: 1_500 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
  "a long text": `${KIND}title: ${"very ".repeat(800_000)}\n`,
  "steps without end": `${KIND}steps:\n${"  - { kind: prose, id: x, title: T }\n".repeat(5_000)}`,
  "code as a tag": `${KIND}title: !!js/function "function () { process.exit(0) }"\n`,
  "a kind that every object has": "kind: constructor\nid: hostile\n",
  "a kind like prototypes": "kind: __proto__\nid: hostile\n",
  "a kind without words": "kind: { toString: 1, valueOf: 2 }\nid: hostile\n",
  "a language without words": "kind: exercise\nlanguage: { toString: 1, valueOf: 2 }\n",
  "keys that are lists": `${KIND}? [a, b]\n: { ? { c: d } : e }\n`,
  "keys of prototypes": `${KIND}__proto__: { polluted: true }\nconstructor: { prototype: 1 }\n`,
  "numbers beyond number": `${KIND}minutes: { from: .nan, to: .inf }\ntitle: 0x${"f".repeat(5_000)}\n`,
  "two in one": `${KIND}---\n${KIND}`,
  "links that run": `${KIND}after: { says: [Text], next: ["javascript:alert(1)", "../../etc/passwd"] }\n`,
  "only a list": "- a\n- b\n",
  nothing: "",
};

const YAML_BYTES: Readonly<Record<string, Uint8Array>> = {
  "no letters": Uint8Array.from({ length: 4_000 }, (_, i) => (i * 97) % 256),
  "of two bytes each": Buffer.from(`\ufeff${KIND}title: Text\n`, "utf16le"),
  "with letters that are none": Buffer.from(`${KIND}title: "A\u0000\u202eb"\n`),
};

const FRONT = [
  "kind: topic",
  "id: hostile",
  "version: 1",
  "language: en",
  "title: Hostile",
  "inOneLine: A text that means harm.",
  "tags: [proof]",
  "next: [exercises/want-should]",
  "licence: AGPL-3.0-or-later",
].join("\n");

const MARKDOWN: Readonly<Record<string, string>> = {
  HTML: "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>",
  "a link that runs": "Read [this](javascript:alert(1)) or <javascript:alert(2)>.",
  "a link that runs, spelt otherwise": "Read [this](&#106;avascript:alert(1)).",
  "a link by name": "Read [this][one].\n\n[one]: javascript:alert(1)",
  "a picture from elsewhere": "![A pixel](https://example.org/pixel.gif)",
  "a link out of the folder": "Read [this](../../etc/passwd).",
  "deep quotes": `${">".repeat(3_000)} Text.`,
  "deep lists": Array.from({ length: 500 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n"),
  "brackets without end": "[".repeat(20_000),
  "stars without end": "*a **b ".repeat(6_000),
  "a wide table": `${"|a".repeat(4_000)}|\n${"|-".repeat(4_000)}|\n${"|b".repeat(4_000)}|`,
  "a long paragraph": "very ".repeat(200_000),
  "the same heading often": "## Again\n\nText.\n\n".repeat(3_000),
};

export async function checkHostileContent(
  all: readonly HostileContent[],
): Promise<readonly Harm[]> {
  const root = await mkdtemp(join(tmpdir(), "callroom-content-"));
  try {
    for (const [nth, { path, bytes }] of all.entries()) {
      const file = join(root, String(nth), "content", path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
    const checked = await checkFolders(all.map((_, nth) => join(root, String(nth))));
    return all.flatMap((file, nth) => {
      const what = harmIn(file, checked[nth]);
      return what === null ? [] : [{ file: file.name, what }];
    });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** In one process after the other's end; what stays away after a hang is undefined. */
async function checkFolders(folders: readonly string[]): Promise<readonly (Checked | undefined)[]> {
  const child = spawn(process.execPath, ["proofs/check-folders.ts", ...folders], {
    cwd: HOME,
    stdio: ["ignore", "pipe", "inherit"],
    timeout: ALL_MS,
    killSignal: "SIGKILL",
  });
  const checked: Checked[] = [];
  for await (const line of createInterface({ input: child.stdout }))
    checked.push(JSON.parse(line) as Checked);
  return folders.map((_, nth) => checked[nth]);
}

function harmIn({ path }: HostileContent, checked: Checked | undefined): string | null {
  if (checked === undefined) return "was never done with, or one before it";
  if (checked.thrown !== null) return `broke the check: ${checked.thrown}`;
  if (checked.status !== 1) return "was found to be in order";
  if (checked.ms > SLOW_MS) return `took ${Math.round(checked.ms)} ms`;
  const isPlaced = checked.findings.some((finding) =>
    new RegExp(`^${path.replaceAll(".", "\\.")}:[1-9]\\d* \\[`).test(finding),
  );
  return isPlaced ? null : "was not named with a line";
}

/** On how many a reader breaks that takes a file for what it says it is. */
export const breakingTheTrusting = (all: readonly HostileContent[]): number =>
  all.filter(({ path, bytes }) => {
    if (!path.endsWith(".yaml")) return false;
    try {
      const text = Buffer.from(bytes).toString("utf8");
      const { kind, language } = parse(text, { logLevel: "silent" }) as Record<string, unknown>;
      return `${String(kind)} ${String(language)}` === "";
    } catch {
      return true;
    }
  }).length;
