import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesToHex } from "#platform/bytes.ts";
import { testIssuer } from "../../tests/pass-issuer.ts";
import { issuingPeriod } from "./period.ts";
import { actHash, spendingOf, spentKey, type SpentRow } from "./spent.ts";
import { parsePass } from "./token.ts";

const issuer = testIssuer([issuingPeriod("session-token", "2026-12-20")]);
const pass = parsePass(issuer.pass(0))!;
const act = actHash("book", "monday at nine");
const row = { pass: spentKey(pass), act };

test("a pass is spent once; the same act again repeats its answer, another is refused", () => {
  expect(spendingOf(null, row)).toEqual({ ok: true, value: "first" });
  expect(spendingOf(row, { ...row })).toEqual({ ok: true, value: "again" });
  const refused = { ok: false, refusal: { type: "AlreadySpent" } };
  expect(spendingOf(row, { ...row, act: actHash("book", "monday at ten") })).toEqual(refused);
  // A row that was looked up under another pass answers for nothing.
  expect(spendingOf(row, { ...row, pass: new Uint8Array(32) })).toEqual(refused);
});

test("of any acts in any order, on one pass exactly one act counts", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1 }), (tries) => {
      let kept: SpentRow | null = null;
      const counted = new Set<number>();
      for (const tried of tries) {
        const spending = { pass: spentKey(pass), act: actHash("book", String(tried)) };
        const result = spendingOf(kept, spending);
        if (!result.ok) continue;
        if (result.value === "first") kept = spending;
        counted.add(tried);
      }
      expect([...counted]).toEqual([tries[0]]);
    }),
  );
});

test("another signature on the same message is the same pass", () => {
  const authenticator = new Uint8Array(256).fill(1);
  const other = { ...pass, token: { ...pass.token, authenticator } };
  expect(spentKey(other)).toEqual(spentKey(pass));
  const second = parsePass(issuer.pass(0, { number: 1 }))!;
  expect(spentKey(second)).not.toEqual(spentKey(pass));
});

test("acts whose words are cut elsewhere are other acts", () => {
  const words = fc.array(fc.string({ maxLength: 4 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(words, words, (one, other) => {
      const hash = ([kind, ...fields]: string[]) => bytesToHex(actHash(kind!, ...fields));
      expect(hash(one) === hash(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
  );
  expect(actHash("a", "bc")).not.toEqual(actHash("ab", "c"));
});
