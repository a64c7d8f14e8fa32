/** Holds the code to the ladder: it reads every import of every source file and judges it. */
import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { parseSync } from "oxc-parser";
import { beforeAll, describe, expect, test } from "vitest";
import { isNamedException, isNameless, LADDER, sideOf, sliceOf } from "./ladder.ts";

const ROOT = join(import.meta.dirname, "..");
const importsByFile = new Map<string, string[]>();

beforeAll(async () => {
  const names = await readdir(join(ROOT, "src"), { recursive: true });
  for (const name of names) {
    if (!/\.tsx?$/.test(name) || name.endsWith(".d.ts") || name.includes(".test.")) continue;
    const file = `src/${name}`;
    importsByFile.set(file, importsOf(file));
  }
});

function importsOf(file: string): string[] {
  const { module, errors } = parseSync(file, readFileSync(join(ROOT, file), "utf8"));
  if (errors.length > 0) throw new Error(`${file} could not be read`);
  const asked = [
    ...module.staticImports.map((each) => each.moduleRequest.value),
    ...module.staticExports.flatMap((each) =>
      each.entries.flatMap((entry) => (entry.moduleRequest ? [entry.moduleRequest.value] : [])),
    ),
    ...module.dynamicImports.map((each) =>
      readFileSync(join(ROOT, file), "utf8").slice(
        each.moduleRequest.start + 1,
        each.moduleRequest.end - 1,
      ),
    ),
  ];
  return asked.flatMap((name) => {
    const plain = name.replace(/\?.*$/, "");
    if (plain.startsWith("#")) return [`src/${plain.slice(1)}`];
    return plain.startsWith(".") ? [normalize(join(dirname(file), plain))] : [];
  });
}

const lines = (breaches: readonly string[]) => breaches.toSorted();

describe("the ladder", () => {
  test("the test sees the code", () => {
    expect(importsByFile.size).toBeGreaterThan(150);
    const imports = [...importsByFile.values()].flat();
    expect(imports.length).toBeGreaterThan(400);
    const slices = new Set([...importsByFile.keys()].map(sliceOf));
    expect([...slices].toSorted()).toEqual(LADDER.map((rung) => rung.slice).toSorted());
    const unknown = imports.filter(
      (file) => /\.tsx?$/.test(file) && !file.endsWith(".d.ts") && !importsByFile.has(file),
    );
    expect(unknown).toEqual([]);
  });

  test("every slice stands only on those below it", () => {
    const breaches: string[] = [];
    for (const [file, imports] of importsByFile) {
      const rung = LADDER.find((each) => each.slice === sliceOf(file));
      for (const imported of imports) {
        const slice = sliceOf(imported);
        if (imported.startsWith("src/") && slice !== rung?.slice && !rung?.standsOn.includes(slice))
          breaches.push(`${file} looks up at ${imported}`);
      }
    }
    expect(lines(breaches)).toEqual([]);
  });

  test("the ladder itself only looks down", () => {
    const places = new Map(LADDER.map((rung, place) => [rung.slice, place]));
    for (const [place, rung] of LADDER.entries())
      for (const below of rung.standsOn) expect(places.get(below)).toBeLessThan(place);
  });

  test("pure, server and web keep apart", () => {
    const breaches: string[] = [];
    for (const [file, imports] of importsByFile)
      for (const imported of imports) {
        if (!imported.startsWith("src/")) continue;
        const [from, to] = [sideOf(file), sideOf(imported)];
        if (to !== "pure" && from !== to)
          breaches.push(`${file} (${from}) imports ${imported} (${to})`);
      }
    expect(lines(breaches)).toEqual([]);
  });

  test("no file reaches itself by a chain of imports", () => {
    expect(
      lines(cycles(new Map([...importsByFile].map(([file]) => [file, valueImportsOf(file)])))),
    ).toEqual([]);
  });

  test("no file of a nameless slice can reach identity by any chain of imports", () => {
    for (const file of importsByFile.keys())
      if (isNameless(file))
        expect(
          [...reachableFrom(file)].filter((reached) => sliceOf(reached) === "identity"),
        ).toEqual([]);
  });

  test("no nameless file can reach the side that issues passes, and the test sees both sides", () => {
    const files = [...importsByFile.keys()];
    expect(files.filter(isNamedException)).toContain("src/pass/server/issuer-key.ts");
    expect(files.filter(isNameless)).toContain("src/pass/server/origin.ts");
    for (const file of files.filter(isNameless))
      expect([...reachableFrom(file)].filter(isNamedException), file).toEqual([]);
  });

  test("a planted cycle and a planted chain are found", () => {
    const planted = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["a"]],
    ]);
    expect(cycles(planted)).not.toEqual([]);
  });
});

/** Type-only imports vanish when the code runs, and so can't make a cycle. */
function valueImportsOf(file: string): string[] {
  const { module } = parseSync(file, readFileSync(join(ROOT, file), "utf8"));
  return module.staticImports.flatMap((each) => {
    const isTypeOnly = each.entries.length > 0 && each.entries.every((entry) => entry.isType);
    const name = each.moduleRequest.value;
    if (isTypeOnly) return [];
    if (name.startsWith("#")) return [`src/${name.slice(1)}`];
    return name.startsWith(".") ? [normalize(join(dirname(file), name))] : [];
  });
}

function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, trail: readonly string[]) => {
    if (trail.includes(file)) {
      found.push([...trail.slice(trail.indexOf(file)), file].join(" → "));
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}

function reachableFrom(start: string): Set<string> {
  const reached = new Set<string>();
  const waiting = [start];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop())
    for (const next of importsByFile.get(file) ?? [])
      if (!reached.has(next)) {
        reached.add(next);
        waiting.push(next);
      }
  return reached;
}
