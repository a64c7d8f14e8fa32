import { ed25519 } from "@noble/curves/ed25519.js";
import { expect, test } from "vitest";
import { bytesToBase64url, utf8ToBytes } from "#platform/bytes.ts";
import {
  bindingMessage,
  entryMessage,
  epochKeysIn,
  extendStewardLogState,
  readStewardLogEntries,
  storedStewardLogState,
  type StewardLogState,
} from "./steward-log.ts";
import type { StewardLogEntry } from "./log-entry.ts";

function steward(name: string) {
  const seed = new Uint8Array(32);
  seed.set(utf8ToBytes(name));
  const signingKey = bytesToBase64url(ed25519.getPublicKey(seed));
  // Any 32 bytes do for a key that nothing is sealed to here.
  const hpkeKey = bytesToBase64url(seed);
  const binding = bytesToBase64url(ed25519.sign(bindingMessage(hpkeKey), seed));
  return { seed, keys: { hpkeKey, signingKey, binding } };
}
type Steward = ReturnType<typeof steward>;

const [ada, bo, cy] = [steward("ada"), steward("bo"), steward("cy")];
const epochKeys = (epoch: number) => steward(`epoch ${epoch}`).keys;
const keysOf = (epoch: number) => {
  const { hpkeKey, signingKey } = epochKeys(epoch);
  return { hpkeKey, signingKey };
};

function entry(
  before: StewardLogState | null,
  by: Steward,
  content: Pick<StewardLogEntry, "kind" | "epoch" | "epochKeys" | "stewards">,
): StewardLogEntry {
  const unsigned = {
    ...content,
    sequence: (before?.sequence ?? 0) + 1,
    signer: by.keys.signingKey,
  };
  const signature = ed25519.sign(entryMessage(before, unsigned), by.seed);
  return { ...unsigned, signature: bytesToBase64url(signature) };
}

const founding = (before: StewardLogState | null, by: Steward) => {
  const epoch = (before?.epoch ?? 0) + 1;
  return entry(before, by, {
    kind: "founding",
    epoch,
    epochKeys: keysOf(epoch),
    stewards: [by.keys],
  });
};
const admission = (before: StewardLogState, by: Steward, whom: Steward) =>
  entry(before, by, {
    kind: "admission",
    epoch: before.epoch,
    epochKeys: null,
    stewards: [whom.keys],
  });
const renewal = (before: StewardLogState, by: Steward, staying: readonly Steward[]) =>
  entry(before, by, {
    kind: "epoch",
    epoch: before.epoch + 1,
    epochKeys: keysOf(before.epoch + 1),
    stewards: staying.map(({ keys }) => keys),
  });

function must(before: StewardLogState | null, next: StewardLogEntry): StewardLogState {
  const extended = extendStewardLogState(before, next);
  if (!extended.ok) throw new Error(extended.refusal.type);
  return extended.value;
}
const refusal = (before: StewardLogState | null, next: StewardLogEntry) => {
  const extended = extendStewardLogState(before, next);
  return extended.ok ? null : extended.refusal.type;
};

// Ada founds, admits Bo, Bo admits Cy, Ada leaves and Bo makes the next epoch.
const entries: StewardLogEntry[] = [];
const states: StewardLogState[] = [];
for (const next of [
  () => founding(null, ada),
  () => admission(states[0]!, ada, bo),
  () => admission(states[1]!, bo, cy),
  () => renewal(states[2]!, bo, [bo, cy]),
]) {
  entries.push(next());
  states.push(must(states.at(-1) ?? null, entries.at(-1)!));
}
const [first, second, third, fourth] = states as [
  StewardLogState,
  StewardLogState,
  StewardLogState,
  StewardLogState,
];

test("the log says who holds which epoch's key", () => {
  const names = (state: StewardLogState) => state.stewards.map(({ hpkeKey }) => hpkeKey);
  expect(names(third)).toEqual([ada, bo, cy].map(({ keys }) => keys.hpkeKey));
  expect(names(fourth)).toEqual([bo, cy].map(({ keys }) => keys.hpkeKey));
  expect([third.epoch, fourth.epoch, fourth.foundings]).toEqual([1, 2, 1]);
  expect([epochKeysIn(entries, 1), epochKeysIn(entries, 2), epochKeysIn(entries, 3)]).toEqual([
    keysOf(1),
    keysOf(2),
    null,
  ]);
});

test("a device that reads it all, from any head it kept, comes to the same state as the server", () => {
  for (const kept of [null, ...states])
    expect(readStewardLogEntries(entries, kept)).toEqual({ ok: true, value: fourth });
  expect(storedStewardLogState(entries)).toEqual(fourth);
});

test("a head that is not in the log, or beyond its end, is noticed", () => {
  const lost = { ok: false, refusal: { type: "HeadLost" } };
  expect(readStewardLogEntries(entries.slice(0, 2), third)).toEqual(lost);
  expect(readStewardLogEntries(entries, { sequence: 2, hash: third.hash })).toEqual(lost);
  expect(readStewardLogEntries([], first)).toEqual(lost);
});

test("another history by the same stewards is noticed by the head", () => {
  const other = must(null, founding(null, bo));
  const forked = [founding(null, bo), admission(other, bo, ada)];
  expect(readStewardLogEntries(forked, second)).toEqual({
    ok: false,
    refusal: { type: "HeadLost" },
  });
});

test("an entry that was altered in any field is not signed", () => {
  const good = entries[1]!;
  expect(refusal(first, { ...good, stewards: [cy.keys] })).toBe("NotSigned");
  expect(refusal(first, { ...good, epoch: 2 })).toBe("NotSigned");
  expect(refusal(first, { ...good, kind: "epoch" })).toBe("NotSigned");
  expect(refusal(first, { ...good, signer: bo.keys.signingKey })).toBe("NotSigned");
  expect(refusal(first, { ...good, signature: entries[0]!.signature })).toBe("NotSigned");
  expect(refusal(first, { ...good, signer: bytesToBase64url(new Uint8Array(32).fill(255)) })).toBe(
    "NotSigned",
  );
});

test("an entry is good in its own place alone", () => {
  expect(refusal(second, entries[1]!)).toBe("ChainBroken");
  // The same words after another history.
  const other = must(null, founding(null, bo));
  expect(refusal({ ...other, stewards: first.stewards }, entries[1]!)).toBe("NotSigned");
});

test("nobody can stand in the log with an HPKE key that is not theirs", () => {
  const stolen = { ...bo, keys: { ...bo.keys, hpkeKey: cy.keys.hpkeKey } };
  expect(refusal(first, admission(first, ada, stolen))).toBe("NotSigned");
});

test("only a steward of the log admits, and nobody twice", () => {
  expect(refusal(first, admission(first, bo, bo))).toBe("NotAllowed");
  expect(refusal(first, admission(first, cy, bo))).toBe("NotAllowed");
  expect(refusal(second, admission(second, ada, bo))).toBe("NotAllowed");
  expect(refusal(fourth, admission(fourth, ada, ada))).toBe("NotAllowed");
});

test("a new epoch admits nobody, and its maker is of it", () => {
  expect(refusal(second, renewal(second, ada, [ada, bo, cy]))).toBe("NotAllowed");
  expect(refusal(second, renewal(second, ada, [bo]))).toBe("NotAllowed");
  expect(refusal(second, renewal(second, cy, [ada, cy]))).toBe("NotAllowed");
  expect(refusal(second, renewal(second, ada, [ada, ada]))).toBe("NotAllowed");
  expect(refusal(second, renewal(second, ada, [ada]))).toBeNull();
});

test("an epoch follows the one before by one, with keys of its own; an admission has none", () => {
  const skipped = { ...renewalContent(second), epoch: second.epoch + 2 };
  expect(refusal(second, entry(second, ada, skipped))).toBe("NotAllowed");
  const keyless = { ...renewalContent(second), epochKeys: null };
  expect(refusal(second, entry(second, ada, keyless))).toBe("NotAllowed");
  const keyed = { kind: "admission", epoch: 1, epochKeys: keysOf(9), stewards: [bo.keys] } as const;
  expect(refusal(first, entry(first, ada, { ...keyed, stewards: [bo.keys] }))).toBe("NotAllowed");
});

const renewalContent = (before: StewardLogState) => ({
  kind: "epoch" as const,
  epoch: before.epoch + 1,
  epochKeys: keysOf(before.epoch + 1),
  stewards: [ada.keys],
});

test("a key founded anew is counted, so that every device can say so", () => {
  const anew = must(fourth, founding(fourth, ada));
  expect([anew.foundings, anew.epoch, anew.stewards.length]).toEqual([2, 3, 1]);
  const two = { ...renewalContent(fourth), kind: "founding" as const };
  expect(refusal(fourth, entry(fourth, ada, { ...two, stewards: [ada.keys, bo.keys] }))).toBe(
    "NotAllowed",
  );
});

test("a log that doesn't begin with a founding is none", () => {
  const begun = { kind: "epoch", epoch: 1, epochKeys: keysOf(1), stewards: [ada.keys] } as const;
  expect(refusal(null, entry(null, ada, { ...begun, stewards: [ada.keys] }))).toBe("NotAllowed");
  const admitted = { ...begun, kind: "admission", epochKeys: null } as const;
  expect(refusal(null, entry(null, ada, { ...admitted, stewards: [ada.keys] }))).toBe("NotAllowed");
});
