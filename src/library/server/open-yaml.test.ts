import { describe, expect, test } from "vitest";
import { openYaml } from "./open-yaml.ts";

const BOMB = [..."abcdefgh"].reduce(
  (text, name, at, all) =>
    `${text}${name}: &${name} [${
      at === 0
        ? "x, x"
        : Array(9)
            .fill(`*${all[at - 1]}`)
            .join(", ")
    }]\n`,
  "",
);

describe("YAML of anybody's making", () => {
  test("is plain data, and a place in it has a line", () => {
    const { raw, faults, lineOf } = openYaml("a: 1\nb:\n  - c: &one text\n  - c: *one\n");
    expect(faults).toEqual([]);
    expect(raw).toEqual({ a: 1, b: [{ c: "text" }, { c: "text" }] });
    expect(lineOf(["b", 1, "c"])).toBe(4);
    expect(lineOf(["b", 1, "nowhere"])).toBe(4);
    expect(openYaml("a: 1\n12: [x]\n").lineOf(["12", 0])).toBe(2);
  });

  test.each([
    ["that isn't YAML", "a: [1\nb: 2", 2],
    ["that begins words with an asterisk", "a: 1\nb: *Really* why", 2],
    ["with code as a tag", "a: 1\nb: !!js/function x", 2],
    ["that repeats itself by the million", BOMB, 1],
    ["that holds itself", "a: &a [*a]", 1],
    ["that nests without end", `a: ${"[".repeat(20_000)}${"]".repeat(20_000)}`, 1],
    ["that is longer than any content", `a: ${"x".repeat(2_100_000)}`, 1],
  ])("one %s has a fault with its line, and no data", (_, source, line) => {
    const { raw, faults, lineOf } = openYaml(source);
    expect(raw).toBeNull();
    expect(faults.map((fault) => fault.line)).toContain(line);
    expect(lineOf(["a"])).toBe(1);
  });
});
