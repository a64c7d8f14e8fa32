import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { modulusToSpki } from "./issuer-public-key.ts";
import {
  agreedKey,
  extendsHead,
  headOf,
  readKeyLog,
  type KeyLog,
  type KeyLogEntry,
} from "./key-log.ts";
import { campaignPeriod, issuingPeriod, periodsToPrepare } from "./period.ts";

const campaign = campaignPeriod("survey-voice", {
  id: "ab".repeat(16),
  issuedFrom: "2026-12-01",
  issuedUntil: "2026-12-14",
  beginsUntil: "2027-01-14",
});
const entries: KeyLogEntry[] = [
  ...periodsToPrepare("circle-badge", "2026-12-20"),
  ...(campaign.ok ? [campaign.value] : []),
  ...periodsToPrepare("session-token", "2026-12-20"),
].map((period) => ({ period, spki: anyKey() }));
const whole = read(entries);
const NONE = headOf(read([]));

test("a log that goes on extends every head it ever had", () => {
  expect(entries.length).toBeGreaterThan(6);
  for (let length = 0; length <= entries.length; length++)
    expect(extendsHead(whole, headOf(read(entries.slice(0, length)))).ok).toBe(true);
});

test("a log that was shortened is refused, and so is one that is behind the other side", () => {
  for (let length = 0; length < entries.length; length++)
    expect(extendsHead(read(entries.slice(0, length)), headOf(whole))).toEqual({
      ok: false,
      refusal: { type: "Shortened" },
    });
  expect(extendsHead(whole, { length: 1e9, hash: NONE.hash }).ok).toBe(false);
  expect(extendsHead(whole, { length: -1, hash: NONE.hash }).ok).toBe(false);
  expect(extendsHead(whole, { length: 0.5, hash: NONE.hash }).ok).toBe(false);
});

test("a log in which anything before the head was changed, swapped or left out is refused", () => {
  const places = fc.integer({ min: 0, max: entries.length - 1 });
  const rewritten = { ok: false, refusal: { type: "Rewritten" } };
  fc.assert(
    fc.property(places, places, (one, other) => {
      const changed = entries.with(one, { ...entries[one]!, spki: anyKey() });
      expect(extendsHead(read(changed), headOf(whole))).toEqual(rewritten);
      const swapped = entries.with(one, entries[other]!).with(other, entries[one]!);
      if (one !== other) expect(extendsHead(read(swapped), headOf(whole))).toEqual(rewritten);
      const left = entries.toSpliced(one, 1);
      expect(extendsHead(read(left), headOf(read(entries.slice(0, -1)))).ok).toBe(
        one === entries.length - 1,
      );
    }),
    { numRuns: 12 },
  );
});

test("every field of an entry is in its hash", () => {
  const survey = entries.find(({ period }) => period.purpose === "survey-voice")!;
  const hash = headOf(read([survey])).hash;
  const poll = { ...survey.period, purpose: "poll-voice" as const };
  const renamed = { ...survey.period, name: "cd".repeat(16) };
  const earlier = { ...survey.period, issuedFrom: "2026-11-30" };
  const longer = { ...survey.period, beginsUntil: "2027-01-15", endsOn: "2027-01-17" };
  for (const period of [poll, renamed, earlier, longer])
    expect(headOf(read([{ ...survey, period }])).hash).not.toEqual(hash);
});

test("two keys for one purpose and period are refused, and so is one key in two places", () => {
  for (const [at, entry] of entries.entries()) {
    const second = { ...entry, spki: anyKey() };
    expect(readKeyLog([...entries, second])).toEqual({
      ok: false,
      refusal: { type: "TwoKeys", at: entries.length },
    });
    const elsewhere = { ...entries[(at + 1) % entries.length]!, spki: entry.spki };
    const place = (at + 1) % entries.length;
    expect(readKeyLog(entries.with(place, elsewhere)).ok).toBe(false);
  }
});

test("an entry with days of its own or with no key of ours is refused", () => {
  const wrong = (entry: KeyLogEntry) => readKeyLog([entries[0]!, entry]);
  const last = entries.at(-1)!;
  const refused = { ok: false, refusal: { type: "EntryWrong", at: 1 } };
  expect(wrong(last).ok).toBe(true);
  expect(wrong({ ...last, period: { ...last.period, issuedUntil: "2026-12-25" } })).toEqual(
    refused,
  );
  expect(wrong({ ...last, period: { ...last.period, name: "2027-01-05" } })).toEqual(refused);
  expect(wrong({ ...last, spki: last.spki.slice(1) })).toEqual(refused);
});

describe("a key is used", () => {
  const period = issuingPeriod("session-token", "2026-12-20");
  const at = entries.findIndex((entry) => entry.period.name === period.name);
  const head = headOf(whole);

  test("when the device's own head and both sides agree on it", () => {
    const agreed = agreedKey(whole, { kept: NONE, named: head, nameless: head }, period);
    expect(agreed.ok && agreed.value.issuer.spki).toEqual(entries[at]!.spki);
    const known = headOf(read(entries.slice(0, at + 1)));
    expect(agreedKey(whole, { kept: head, named: head, nameless: known }, period).ok).toBe(true);
  });

  test("not before both sides know it", () => {
    const before = headOf(read(entries.slice(0, at)));
    const refused = { ok: false, refusal: { type: "NotInLog" } };
    expect(agreedKey(whole, { kept: NONE, named: head, nameless: before }, period)).toEqual(
      refused,
    );
    expect(agreedKey(whole, { kept: NONE, named: before, nameless: head }, period)).toEqual(
      refused,
    );
    const other = issuingPeriod("session-token", "2031-01-01");
    expect(agreedKey(whole, { kept: head, named: head, nameless: head }, other)).toEqual(refused);
  });

  test("not where one side, or the device's memory, tells another story", () => {
    const lie = headOf(read(entries.with(at, { ...entries[at]!, spki: anyKey() })));
    const refused = { ok: false, refusal: { type: "Rewritten" } };
    for (const side of ["kept", "named", "nameless"])
      expect(
        agreedKey(whole, { kept: head, named: head, nameless: head, [side]: lie }, period),
      ).toEqual(refused);
  });
});

/** Any odd number of 2048 bits: a log can't tell whether somebody knows its primes. */
function anyKey() {
  const modulus = randomBytes(256);
  modulus[0] = modulus[0]! | 0x80;
  modulus[255] = modulus[255]! | 1;
  return modulusToSpki(modulus);
}

function read(log: readonly KeyLogEntry[]): KeyLog {
  const result = readKeyLog(log);
  if (!result.ok) throw new Error(result.refusal.type);
  return result.value;
}
