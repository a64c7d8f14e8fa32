import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { checkDecisions, decisionHash } from "./decision-log.ts";
import type { LoggedDecision, LogHead } from "./log-entry.ts";

function chain(length: number): LoggedDecision[] {
  const entries: LoggedDecision[] = [];
  let head: LogHead | null = null;
  for (let sequence = 1; sequence <= length; sequence++) {
    const entry = { sequence, quarter: "2026-Q4", kind: "steward", detail: "admitted" };
    const hash: string = decisionHash(head, entry);
    entries.push({ ...entry, hash });
    head = { sequence, hash };
  }
  return entries;
}

const log = chain(6);
const headAt = (sequence: number): LogHead => ({ sequence, hash: log[sequence - 1]!.hash });
const refusalOf = (entries: readonly LoggedDecision[], kept: LogHead | null, last = 6) => {
  const checked = checkDecisions(entries, kept, last);
  return checked.ok ? null : checked.refusal.type;
};

test("a whole log gives its head, from the beginning and from any head kept before", () => {
  expect(checkDecisions(log, null, 6)).toEqual({ ok: true, value: headAt(6) });
  for (let kept = 1; kept <= 6; kept++)
    expect(checkDecisions(log.slice(kept), headAt(kept), 6)).toEqual({
      ok: true,
      value: headAt(6),
    });
  expect(checkDecisions([], null, 0)).toEqual({ ok: true, value: null });
});

test("an entry changed in any field, left out, put in or moved is noticed", () => {
  for (const change of [{ quarter: "2026-Q3" }, { kind: "coach" }, { detail: "left" }] as const)
    expect(refusalOf(log.with(3, { ...log[3]!, ...change }), null)).toBe("ChainBroken");
  expect(refusalOf(log.toSpliced(3, 1), null)).toBe("ChainBroken");
  expect(refusalOf(log.toSpliced(3, 0, log[3]!), null)).toBe("ChainBroken");
  expect(refusalOf([log[1]!, log[0]!, ...log.slice(2)], null)).toBe("ChainBroken");
});

test("another history than the one whose head was kept is noticed", () => {
  const forged = { ...headAt(3), hash: headAt(2).hash };
  expect(refusalOf(log.slice(3), forged)).toBe("ChainBroken");
  expect(refusalOf([], headAt(6), 5)).toBe("HeadLost");
});

test("a hash is SHA-256 over length and bytes of each field", () => {
  const framed = (text: string | Buffer) => {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const fields = ["callroom/v1/decision", "", "1", "2026-Q4", "steward", "admitted"];
  const expected = createHash("sha256").update(Buffer.concat(fields.map(framed)));
  expect(log[0]!.hash).toBe(expected.digest("base64url"));
});
