import fc from "fast-check";
import { expect, test } from "vitest";
import { community, testIssuer } from "../../tests/pass-issuer.ts";
import { periodOfPass } from "./pass-check.ts";
import { campaignPeriod, issuingPeriod } from "./period.ts";
import { parsePass } from "./token.ts";

const campaign = campaignPeriod("survey-voice", {
  id: "0".repeat(32),
  issuedFrom: "2027-01-01",
  issuedUntil: "2027-01-20",
  beginsUntil: "2027-02-20",
});
if (!campaign.ok) throw new Error(campaign.refusal.type);
const month = issuingPeriod("circle-badge", "2026-12-10");
const { log, pass } = testIssuer([month, campaign.value]);
const badge = pass(0);

const check = (bytes: Uint8Array, over: Partial<{ log: typeof log; issuerName: string }> = {}) =>
  periodOfPass(parsePass(bytes)!, "circle-badge", over.log ?? log, {
    ...community,
    ...(over.issuerName === undefined ? {} : { issuerName: over.issuerName }),
  });

test("a pass that a key of the log signed has that key's period", () => {
  expect(check(badge)).toEqual(month);
});

test("a pass of another purpose, community or log has none", () => {
  expect(check(pass(1))).toBeNull();
  expect(check(badge, { issuerName: "other.example" })).toBeNull();
  expect(check(badge, { log: testIssuer([month]).log })).toBeNull();
});

test("every changed bit is refused", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: badge.length * 8 - 1 }), (bit) => {
      const at = bit >> 3;
      const changed = badge.with(at, badge[at]! ^ (1 << (bit & 7)));
      const parsed = parsePass(changed);
      expect(parsed && periodOfPass(parsed, "circle-badge", log, community)).toBeNull();
    }),
    { numRuns: 200 },
  );
});

test("a signature of nothing but ones is refused, not a defect", () => {
  expect(check(badge.slice().fill(0xff, badge.length - 256))).toBeNull();
  expect(check(badge.slice().fill(0, badge.length - 256))).toBeNull();
});
