import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { bytesToBase64url } from "./bytes.ts";
import {
  bytesField,
  countryField,
  idField,
  lineField,
  messageField,
  sealedField,
  textField,
  zoneField,
} from "./wire.ts";

const takes = (schema: v.GenericSchema, value: unknown) => v.safeParse(schema, value).success;
const text = textField(20);

test("text is taken in one spelling: NFC and without blanks around it", () => {
  expect(v.parse(text, "  Zoe\u0308 \n")).toBe("Zoë");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), (typed) => {
      const parsed = v.safeParse(text, typed);
      if (!parsed.success) return;
      const { output } = parsed;
      expect(output).toBe(output.normalize("NFC").trim());
      expect(v.parse(text, output)).toBe(output);
    }),
  );
});

test("lines and tabs stay in a text, and are refused in a line", () => {
  expect(v.parse(text, "one\ntwo\tthree")).toBe("one\ntwo\tthree");
  expect(takes(lineField(20), "one two")).toBe(true);
  for (const broken of ["one\ntwo", "one\ttwo", "one\u2028two", "one\u2029two"])
    expect(takes(lineField(20), broken)).toBe(false);
});

test("control characters are refused", () => {
  const controls = [...Array.from({ length: 32 }, (_, code) => code), 0x7f, 0x80, 0x9f].filter(
    (code) => code !== 9 && code !== 10,
  );
  for (const code of controls)
    expect([code, takes(text, `a${String.fromCharCode(code)}b`)]).toEqual([code, false]);
});

test("what turns the reading direction around is refused, right-to-left text is not", () => {
  const turns = [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0xfeff];
  for (const code of turns)
    expect([code, takes(text, `a${String.fromCharCode(code)}b`)]).toEqual([code, false]);
  for (const fine of ["مرحبا", "שלום", "می‌خواهم", "👩🏽‍⚕️"]) expect(takes(text, fine)).toBe(true);
});

test("lone surrogates are refused", () => {
  for (const lone of ["\ud800", "a\udc00b", "\udc00\ud800"]) expect(takes(text, lone)).toBe(false);
  expect(takes(text, "\ud83e\ude7a")).toBe(true);
});

test("a name that nobody can see is refused", () => {
  for (const unseen of ["", "   ", "\u200b", "\u200d\u200d", "\u3164", "\u2800\u2800", "\u00ad"])
    expect([unseen, takes(text, unseen)]).toEqual([unseen, false]);
  expect(takes(textField(20, 0), "")).toBe(true);
  expect(takes(textField(20, 0), "\u200b")).toBe(false);
});

test("length is counted after the spelling is settled", () => {
  expect(takes(text, "e\u0301".repeat(20))).toBe(true);
  expect(takes(text, "x".repeat(20))).toBe(true);
  expect(takes(text, "x".repeat(21))).toBe(false);
  expect(takes(textField(20, 3), " ab ")).toBe(false);
});

test("anything but text is refused as text", () => {
  for (const value of [null, undefined, 7, true, [], {}, ["a"], { toString: "a" }])
    expect(takes(text, value)).toBe(false);
});

test("bytes are taken at exactly their length", () => {
  for (const length of [0, 1, 16, 31, 32, 33, 72]) {
    const spelled = bytesToBase64url(new Uint8Array(length).fill(7));
    expect([length, takes(bytesField(32), spelled)]).toEqual([length, length === 32]);
  }
  expect(takes(bytesField(32), "A".repeat(42) + "B")).toBe(false);
});

test("sealed bytes are taken up to their most, and never empty", () => {
  const spelled = (length: number) => bytesToBase64url(new Uint8Array(length));
  expect([1, 99, 100].map((length) => takes(sealedField(100), spelled(length)))).toEqual([
    true,
    true,
    true,
  ]);
  expect(takes(sealedField(100), spelled(101))).toBe(false);
  expect(takes(sealedField(100), "")).toBe(false);
  expect(takes(sealedField(100), "A")).toBe(false);
});

test("protocol messages are letters of base64url, and some", () => {
  expect(takes(messageField(4), "Az-_")).toBe(true);
  for (const bad of ["", "AAAAA", "A=", "A A", "ä"])
    expect(takes(messageField(4), bad)).toBe(false);
});

test("ids are UUIDs in lower case", () => {
  expect(takes(idField, "01234567-89ab-4cde-8f01-23456789abcd")).toBe(true);
  for (const bad of ["01234567-89AB-4cde-8f01-23456789abcd", "01234567", "", "x".repeat(36)])
    expect(takes(idField, bad)).toBe(false);
});

test("time zones are those that this runtime knows", () => {
  for (const zone of ["Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+5"])
    expect([zone, takes(zoneField, zone)]).toEqual([zone, true]);
  for (const zone of [
    "",
    "Mars/Olympus",
    "+02:00",
    "Europe/Berlin\n",
    "[u-ca=hebrew]",
    "../../etc",
  ])
    expect([zone, takes(zoneField, zone)]).toEqual([zone, false]);
});

test("countries are two capital letters", () => {
  expect(takes(countryField, "DE")).toBe(true);
  for (const bad of ["de", "DEU", "D", "D1", "ÄÖ"]) expect(takes(countryField, bad)).toBe(false);
});
