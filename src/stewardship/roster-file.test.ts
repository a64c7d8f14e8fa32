import * as fc from "fast-check";
import { expect, test } from "vitest";
import { utf8ToBytes } from "#platform/bytes.ts";
import { bytesToRosterText } from "./roster-file.ts";

const line = "jörg@ärzte.example;resident";

test("UTF-8 is read, with or without its mark", () => {
  expect(bytesToRosterText(utf8ToBytes(line))).toEqual({ ok: true, value: line });
  expect(bytesToRosterText(utf8ToBytes(`\ufeff${line}`))).toEqual({ ok: true, value: line });
});

test("what Excel calls Unicode text is read in both byte orders", () => {
  const codes = [...`\ufeff${line}`].map((letter) => letter.charCodeAt(0));
  const little = Uint8Array.from(codes.flatMap((code) => [code & 255, code >> 8]));
  const big = Uint8Array.from(codes.flatMap((code) => [code >> 8, code & 255]));
  expect(bytesToRosterText(little)).toEqual({ ok: true, value: line });
  expect(bytesToRosterText(big)).toEqual({ ok: true, value: line });
});

test("the old Western encoding keeps its umlauts", () => {
  const bytes = Uint8Array.from([...line].map((letter) => letter.charCodeAt(0)));
  expect(bytesToRosterText(bytes)).toEqual({ ok: true, value: line });
});

test("a workbook is not a list of lines, and says so", () => {
  const workbook = Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0, 0xe4);
  expect(bytesToRosterText(workbook)).toEqual({ ok: false, refusal: { type: "NotText" } });
});

test("a file longer than the route takes is refused before it is sent", () => {
  expect(bytesToRosterText(utf8ToBytes("x".repeat(600_000))).ok).toBe(true);
  const refused = { ok: false, refusal: { type: "TooLong" } };
  expect(bytesToRosterText(utf8ToBytes("x".repeat(600_001)))).toEqual(refused);
  expect(bytesToRosterText(new Uint8Array(5_000_000))).toEqual(refused);
});

test("no bytes whatever throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(typeof bytesToRosterText(bytes).ok).toBe("boolean");
    }),
  );
});
