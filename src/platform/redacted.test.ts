import { inspect } from "node:util";
import { expect, test } from "vitest";
import { redact, reveal } from "./redacted.ts";

test("a redacted secret shows in no way of printing, and comes back when it is revealed", () => {
  const secret = redact("the word");
  const printed = [
    JSON.stringify({ secret }),
    inspect(secret, { depth: 9, showHidden: true, getters: true }),
    String(secret),
    Object.values(secret).join(),
    JSON.stringify(structuredClone(secret)),
  ];
  for (const text of printed) expect(text).not.toContain("the word");
  expect(reveal(secret)).toBe("the word");
});

test("what looks like a redacted secret is none", () => {
  expect(() => reveal({ redacted: true })).toThrow("Not a redacted value");
  expect(() => reveal(structuredClone(redact("the word")))).toThrow("Not a redacted value");
});
