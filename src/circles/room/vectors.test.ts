/** The room's own formats as they were first released: a change here would close every circle there is. */
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { expect, test } from "vitest";
import { bytesToBase64url, bytesToHex, type Bytes } from "#platform/bytes.ts";
import { emptyLogHash, entryHash, removalMessage, wireBytes } from "./entry.ts";
import { openEpoch } from "./epoch.ts";
import { stampMac } from "./franking.ts";
import { markOf, veilOf } from "./mark.ts";
import { memberKeys } from "./member-keys.ts";
import { emptyMemberLog, type MemberLog } from "./member-log.ts";
import { openMessage, sealMessage } from "./message.ts";
import type { Content } from "./message-content.ts";
import { memberLogEntrySchema, sealedMessageSchema, type MemberLogEntry } from "./wire.ts";
import { hpke } from "./web/hpke.ts";

interface Vectors {
  readonly circle: string;
  readonly walletSecret: string;
  readonly bornIn: string;
  readonly member: Readonly<Record<"pseudonym" | "hpkeKey" | "binding", string>>;
  readonly entries: readonly { readonly entry: MemberLogEntry; readonly hash: string }[];
  readonly removal: string;
  readonly epoch: { readonly key: string; readonly wrap: string };
  readonly message: {
    readonly content: Content;
    readonly frankingKey: string;
    readonly minute: number;
    readonly veil: string;
    readonly keyLog: { readonly length: number; readonly hash: string };
    readonly sealed: unknown;
  };
  readonly stamp: { readonly key: string; readonly month: string; readonly mac: string };
}

const vectors = JSON.parse(
  readFileSync(new URL("vectors/callroom-v1.json", import.meta.url), "utf8"),
) as Vectors;
const { circle, entries } = vectors;
const keys = memberKeys(wireBytes(vectors.walletSecret), {
  period: { purpose: "circle-badge", name: vectors.bornIn },
  number: 0,
});
const sealed = v.parse(sealedMessageSchema, vectors.message.sealed);

/** As it stood after the first epoch, put together by hand since the vectors' badge is none. */
const log = ((): MemberLog => {
  const { entry } = entries[1]!;
  if (entry.kind !== "epoch") throw new Error("The second entry is an epoch");
  const { number, members, commitment, wrapsHash, signer: maker, day } = entry;
  const before = wireBytes(entries[0]!.hash);
  return {
    ...emptyMemberLog(circle),
    hashes: [emptyLogHash(circle), before, wireBytes(entries[1]!.hash)],
    standings: [
      { epoch: 0, isSettled: false },
      { epoch: 0, isSettled: false },
      { epoch: 1, isSettled: true },
    ],
    epochs: [{ number, members, commitment, wrapsHash, maker, day, before }],
  };
})();

test("a member's keys come out as they did", () => {
  expect(keys.pseudonym).toBe(vectors.member.pseudonym);
  expect(bytesToBase64url(keys.hpke.publicKey)).toBe(vectors.member.hpkeKey);
  expect(bytesToBase64url(keys.binding)).toBe(vectors.member.binding);
});

test("the chain over an entry of every kind has the same hashes", () => {
  const kinds = new Set(entries.map(({ entry }) => entry.kind));
  expect(kinds.size).toBe(memberLogEntrySchema.options.length);
  let hash: Bytes = emptyLogHash(circle);
  for (const { entry, hash: after } of entries) {
    hash = entryHash(circle, hash, entry);
    expect(bytesToBase64url(hash), entry.kind).toBe(after);
  }
  const removed = entries.map(({ entry }) => entry).find(({ kind }) => kind === "removed");
  if (removed?.kind !== "removed") throw new Error("There is a removal");
  const message = removalMessage(circle, removed.member, removed.stewardEpoch);
  expect(bytesToBase64url(message)).toBe(vectors.removal);
});

test("an epoch's wrap of then opens, to the key of then", async () => {
  const opened = await openEpoch(log, 1, [vectors.epoch.wrap], keys, hpke);
  expect(opened.ok && bytesToBase64url(opened.value)).toBe(vectors.epoch.key);
});

test("a message of then opens, and the same is sealed to the same bytes", () => {
  const key = wireBytes(vectors.epoch.key);
  const { content, keyLog, frankingKey, minute } = vectors.message;
  const head = { length: keyLog.length, hash: wireBytes(keyLog.hash) };
  const making = { id: wireBytes(sealed.id), frankingKey: wireBytes(frankingKey), minute };
  const again = sealMessage({ log, keyLog: head }, keys, key, content, making);
  expect(again).toEqual({ ok: true, value: sealed });
  const none = new Uint8Array(32);
  const known = { keys: [], hashes: [none, none, none, head.hash] };
  const opened = openMessage({ log, keyLog: known }, key, sealed, 0);
  expect(opened).toMatchObject({ ok: true, value: { sender: keys.pseudonym, minute, content } });
});

test("a message's veil and mark come out as they did, so that it can be taken back and reported", () => {
  const { id, mark } = sealed;
  const veil = veilOf(keys, circle, id);
  expect(bytesToBase64url(veil)).toBe(vectors.message.veil);
  expect(bytesToBase64url(markOf({ circle, sender: keys.pseudonym, id, veil }))).toBe(mark);
});

test("a stamp of then is still right", () => {
  const { key, month, mac } = vectors.stamp;
  const again = stampMac(wireBytes(key), { ...sealed, circle, month });
  expect(bytesToHex(again)).toBe(bytesToHex(wireBytes(mac)));
});
