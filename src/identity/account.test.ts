import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { emailField, labelField, nameField, normaliseEmail } from "./account.ts";

const local = fc.string({
  unit: fc.constantFrom(..."abcXYZ019.!#$%&'*+/=?^_`{|}~-éñßΣσςİı".split("")),
  minLength: 1,
  maxLength: 12,
});
const label = fc.string({
  unit: fc.constantFrom(..."abzXY09-üΣK".split("")),
  minLength: 1,
  maxLength: 8,
});
const typedEmail = fc
  .tuple(local, label, label, fc.constantFrom("", " ", "\n"))
  .map(([name, host, top, blank]) => `${blank}${name}@${host}.${top}${blank}`);

test("an address has one form: writing it in the form it came out of changes nothing", () => {
  let taken = 0;
  fc.assert(
    fc.property(typedEmail, (typed) => {
      const address = normaliseEmail(typed);
      if (address === null) return;
      taken += 1;
      expect(normaliseEmail(address)).toBe(address);
      expect(address).toBe(address.normalize("NFC"));
      expect(address).toBe(address.trim());
    }),
    { numRuns: 1000 },
  );
  expect(taken).toBeGreaterThan(200);
});

test("capitals, blanks and composed letters make no other address", () => {
  const spelled = (typed: string) => normaliseEmail(typed);
  expect(spelled("  Ada@Clinic.Example\n")).toBe("ada@clinic.example");
  expect(spelled("zoe\u0308@clinic.example")).toBe(spelled("zoë@CLINIC.example"));
});

test.each([
  "ada+private@clinic.example",
  "o'brien@clinic.example",
  "ada.von.b@sub.clinic.example",
  "ada@klinik-köln.example",
  "ada@xn--klinik-kln-lcb.example",
  "例え@例え.jp",
  "a@b.co",
])("%s is taken as it is", (address) => {
  expect(normaliseEmail(address)).toBe(address);
});

test("a tag after the plus is part of the address", () => {
  expect(normaliseEmail("ada+one@clinic.example")).not.toBe(normaliseEmail("ada@clinic.example"));
});

test.each([
  ["nothing", ""],
  ["no at sign", "ada.clinic.example"],
  ["nobody", "@clinic.example"],
  ["nowhere", "ada@"],
  ["a host without a dot", "ada@clinic"],
  ["two at signs", "ada@b@clinic.example"],
  ["a quoted name", '"ada lovelace"@clinic.example'],
  ["a quoted name without blanks", '"ada"@clinic.example'],
  ["a name and brackets", "Ada <ada@clinic.example>"],
  ["an address literal", "ada@[192.0.2.1]"],
  ["a comment", "ada(work)@clinic.example"],
  ["two addresses", "ada@clinic.example,ben@clinic.example"],
  ["two addresses with a semicolon", "ada@clinic.example;ben@clinic.example"],
  ["a second header", "ada@clinic.example\nBcc: ben@clinic.example"],
  ["a line break inside", "ada@clin\r\nic.example"],
  ["a zero", "ada\u0000@clinic.example"],
  ["a letter that turns around", "ada\u202e@clinic.example"],
  ["a blank inside", "ada lovelace@clinic.example"],
  ["a dot first", ".ada@clinic.example"],
  ["a dot last", "ada.@clinic.example"],
  ["two dots", "ada..l@clinic.example"],
  ["a host with a dot first", "ada@.clinic.example"],
  ["a host with two dots", "ada@clinic..example"],
  ["a host with a dot last", "ada@clinic.example."],
  ["a label that begins with a dash", "ada@-clinic.example"],
  ["a label that ends with a dash", "ada@clinic-.example"],
  ["a name of 65 letters", `${"a".repeat(65)}@clinic.example`],
  ["a label of 64 letters", `ada@${"a".repeat(64)}.example`],
  ["more than 254 letters", `ada@${`${"a".repeat(60)}.`.repeat(5)}example`],
  ["a lone surrogate", "ada\ud800@clinic.example"],
])("%s is no address", (_, typed) => {
  expect(normaliseEmail(typed)).toBeNull();
  expect(v.safeParse(emailField, typed).success).toBe(false);
});

test("the field gives the one form", () => {
  expect(v.parse(emailField, " Ada@Clinic.Example ")).toBe("ada@clinic.example");
  expect(v.safeParse(emailField, 7).success).toBe(false);
});

test("names and labels are one line that can be seen", () => {
  expect(v.parse(nameField, " Dr. Ada 👩🏽‍⚕️ ")).toBe("Dr. Ada 👩🏽‍⚕️");
  for (const field of [nameField, labelField])
    for (const bad of ["", " ", "a\nb", "\u200b", "a\u202eb", "x".repeat(61)])
      expect(v.safeParse(field, bad).success).toBe(false);
});
