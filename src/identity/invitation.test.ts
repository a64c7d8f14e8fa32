import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { codeToShown, makeCode, typedToCode } from "./invitation.ts";

const random = (length: number) => new Uint8Array(randomBytes(length));
const LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

test("a code has 20 letters of 30, none of which look alike: 98 bits", () => {
  const code = makeCode(random);
  expect(code).toHaveLength(20);
  for (const letter of code) expect(LETTERS).toContain(letter);
  for (const alike of "01ILOU") expect(LETTERS).not.toContain(alike);
  expect(Math.log2(LETTERS.length) * 20).toBeGreaterThan(98);
});

test("every letter is as likely as any other: eight bytes of 256 lead to each, and sixteen to none", () => {
  const countByLetter = new Map<string, number>();
  for (let byte = 0; byte < 240; byte++) {
    const code = makeCode((length) => new Uint8Array(length).fill(byte));
    expect(new Set(code).size).toBe(1);
    countByLetter.set(code[0]!, (countByLetter.get(code[0]!) ?? 0) + 1);
  }
  expect([...countByLetter.keys()].toSorted()).toEqual([...LETTERS]);
  expect([...countByLetter.values()]).toEqual(Array.from(LETTERS, () => 8));
  for (let byte = 240; byte < 256; byte++) {
    let calls = 0;
    const code = makeCode((length) => new Uint8Array(length).fill(calls++ === 0 ? byte : 29));
    expect([byte, code]).toEqual([byte, "Z".repeat(20)]);
  }
});

test("two codes are never the same", () => {
  const codes = Array.from({ length: 1000 }, () => makeCode(random));
  expect(new Set(codes).size).toBe(1000);
});

test("a code is read as it is shown, in any case and with any dashes or blanks", () => {
  const code = makeCode(random);
  const shown = codeToShown(code);
  expect(shown).toMatch(/^(\w{4}-){4}\w{4}$/);
  const typed = [
    code,
    shown,
    shown.toLowerCase(),
    ` ${shown}\n`,
    shown.replaceAll("-", " "),
    shown.replaceAll("-", "\u2013"),
    shown.replaceAll("-", "\u2011"),
    shown.replaceAll("-", "\u00a0"),
    [...code].join(" "),
  ];
  for (const each of typed) expect([each, typedToCode(each)]).toEqual([each, code]);
});

test("what can't be a code is told at once", () => {
  const code = makeCode(random);
  const not = [
    "",
    code.slice(1),
    `${code}2`,
    code.replace(/.$/, "O"),
    `${code.slice(1)}_`,
    "é".repeat(20),
  ];
  for (const each of not) expect([each, typedToCode(each)]).toEqual([each, null]);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (typed) => {
      const read = typedToCode(typed);
      if (read !== null) expect(read).toMatch(/^[2-9A-Z]{20}$/);
    }),
  );
});
