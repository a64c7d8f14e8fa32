/** Holds the documents to the code, where that is cheap: what they name exists, and what exists is named. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { promises } from "../src/app/web/promises-words.ts";
import { SETTINGS } from "../src/platform/server/settings.ts";
import { COMMANDS } from "../bin/command/commands.ts";
import { proofNames } from "../proofs/names.ts";
import { LADDER } from "./ladder.ts";

const ROOT = join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const namesIn = (folder: string): string[] => readdirSync(join(ROOT, folder)).toSorted();

const decisions = namesIn("decisions").filter((name) => /^\d{4}-/.test(name));
const documents = [
  ...namesIn(".").filter((name) => name.endsWith(".md")),
  ...decisions.map((name) => `decisions/${name}`),
  "decisions/README.md",
  "docs/operating.md",
  "docs/relay.md",
  "src/vault/README.md",
];
const { scripts, ...manifest } = JSON.parse(read("package.json")) as {
  scripts: Record<string, string>;
} & Record<string, Record<string, string> | undefined>;

const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1]!);
const code = (text: string): string[] => found(text, /```[a-z]*\n(.*?)```/gs);

describe("the documents", () => {
  test("the test sees them", () => {
    expect(documents).toEqual(
      expect.arrayContaining(["README.md", "ARCHITECTURE.md", "THREATS.md", "STYLE.md"]),
    );
    expect(decisions.length).toBeGreaterThanOrEqual(21);
  });

  test("the README opens with its two commands", () => {
    expect(code(read("README.md"))[0]).toBe("npm start\nnpm test\n");
  });

  test("the README and the app promise what there are proofs for, and nothing else", () => {
    const told = found(read("README.md"), /^\|.*\| `npm run prove -- ([a-z-]+)` *\|$/gm);
    expect(told.toSorted()).toEqual(proofNames.toSorted());
    expect(promises.map(({ proof }) => proof).toSorted()).toEqual(proofNames.toSorted());
    const missing = proofNames.filter((name) => !existsSync(join(ROOT, `proofs/${name}.ts`)));
    expect(missing).toEqual([]);
  });

  test("every command they name exists", () => {
    const known = new Set(Object.keys(scripts));
    const commands = Object.keys(COMMANDS);
    for (const file of documents) {
      const text = read(file);
      const asked = found(text, /\bnpm run ([a-z-]+)/g);
      expect(
        asked.filter((name) => !known.has(name)),
        file,
      ).toEqual([]);
      const called = found(text, /\bbin\/callroom ((?!-)[a-z]+(?: [a-z]+)?)/g);
      const isCommand = (words: string) =>
        commands.includes(words) || commands.includes(words.split(" ")[0]!);
      expect(
        called.filter((words) => !isCommand(words)),
        file,
      ).toEqual([]);
      const run = found(text, /\bbin\/callroom-run (\S+\.ts)/g);
      expect(
        run.filter((path) => !existsSync(join(ROOT, path))),
        file,
      ).toEqual([]);
    }
  });

  test("every setting they name exists", () => {
    for (const file of documents) {
      const unknown = found(read(file), /\b(CALLROOM_[A-Z_]+)\b/g).filter(
        (name) => !Object.hasOwn(SETTINGS, name),
      );
      expect(unknown, file).toEqual([]);
    }
  });

  test("every link between them leads somewhere", () => {
    for (const file of documents) {
      const broken = found(read(file), /\]\(([^)\s]+)\)/g).filter((link) => {
        if (/^https?:/.test(link)) return false;
        const [path, anchor] = link.split("#") as [string, string?];
        const target = path === "" ? file : normalize(join(dirname(file), path));
        // Taken by a script, from a program that runs.
        if (target.startsWith("docs/pictures/")) return false;
        if (!existsSync(join(ROOT, target))) return true;
        return anchor !== undefined && !anchorsOf(read(target)).has(anchor);
      });
      expect(broken, file).toEqual([]);
    }
  });

  test("every path in code that they name exists", () => {
    const roots = [
      "architecture",
      "bench",
      "bin",
      "content",
      "docs",
      "migrations",
      "proofs",
      "src",
    ];
    for (const file of documents) {
      const missing = found(read(file), /`([a-z-]+\/[\w./-]+)`/g).filter(
        (path) => roots.includes(path.split("/")[0]!) && !existsSync(join(ROOT, path)),
      );
      expect(missing, file).toEqual([]);
    }
  });
});

describe("ARCHITECTURE.md", () => {
  const [tree = "", ladder = ""] = code(read("ARCHITECTURE.md"));

  test("every path in its tree exists, and the tree has every slice", () => {
    const paths = pathsOf(tree);
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const slices = found(paths.join("\n"), /^src\/([a-z]+)\/$/gm);
    expect(slices).toEqual(LADDER.map(({ slice }) => slice));
  });

  test("the ladder it draws is the ladder", () => {
    const drawn = ladder
      .trim()
      .split("\n")
      .map((line) => {
        const [slice, standsOn = ""] = line.split(/ {2,}/);
        return { slice, standsOn: found(standsOn, /([a-z]+)/g) };
      });
    const everywhere = ["platform", "design"];
    const expected = LADDER.map(({ slice, standsOn }) => ({
      slice,
      standsOn: standsOn.filter((below) => !everywhere.includes(below)),
    }));
    expect(drawn).toEqual(expected.toReversed());
  });
});

describe("decisions", () => {
  test("count up, have their parts, and stand in the list", () => {
    const list = read("decisions/README.md");
    for (const [index, name] of decisions.entries()) {
      const number = String(index + 1).padStart(4, "0");
      expect(name.slice(0, 4)).toBe(number);
      expect(list).toContain(`[${number}](${name})`);
      const text = read(`decisions/${name}`);
      expect(text, name).toMatch(
        new RegExp(`^# ${number} .+\\n\\nDate: \\d{4}-\\d\\d-\\d\\d · Status: \\w`),
      );
      for (const part of ["Context", "Decision", "Consequences"])
        expect(text, name).toContain(`\n## ${part}\n`);
      expect(text.split("\n").length, `${name} is longer than a page`).toBeLessThan(75);
    }
  });

  test("every package has its reason, and every reason its package", () => {
    const asked = ["dependencies", "devDependencies", "optionalDependencies"].flatMap((part) =>
      Object.keys(manifest[part] ?? {}),
    );
    const rows = read("decisions/0021-dependencies.md").match(/^\| `.*$/gm) ?? [];
    const told = rows.flatMap((row) => found(row.split("|")[1]!, /`([^`]+)`/g));
    expect(told.toSorted()).toEqual(asked.toSorted());
  });
});

test("the licence is the AGPL, version 3, as its authors publish it", () => {
  const hash = createHash("sha256").update(read("LICENSE")).digest("hex");
  expect(hash).toBe("0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0");
});

/** Two blanks of indentation a level, a name that may end in a slash, then a phrase. */
function pathsOf(tree: string): string[] {
  const trail: string[] = [];
  return tree
    .trimEnd()
    .split("\n")
    .map((line) => {
      const level = /^ */.exec(line)![0].length / 2;
      trail.splice(level, Infinity, /\S+/.exec(line)![0]);
      return trail.join("");
    });
}

/** As GitHub and others make them of headings. */
function anchorsOf(text: string): Set<string> {
  return new Set(
    found(text, /^#+ (.+)$/gm).map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}
