import { hkdfSync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bytesToHex, concatBytes, hexToBytes } from "#platform/bytes.ts";
import { KEY_LABELS } from "../keyring.ts";
import { ownPublicKeys } from "../own-keys.ts";
import {
  collectionKey,
  collectionTag,
  deviceKey,
  hpkeSeed,
  signingSeed,
  toOpenKey,
  walletSecret,
} from "./keys.ts";

const frozen = JSON.parse(
  readFileSync(new URL("../vectors/callroom-v1.json", import.meta.url), "utf8"),
) as {
  vaultKey: string;
  collection: { name: string; label: string; tag: string };
  ownKeys: { hpke: string; signing: string };
  wallet: string;
};
const vaultKey = () => hexToBytes(frozen.vaultKey)!;

test("no key that an open safe holds can be taken out of it", async () => {
  const open = await toOpenKey(vaultKey());
  const keys = [open, await collectionKey(open, "check-in"), await deviceKey(open)];
  for (const key of keys) {
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
  }
});

test("the browser derives what plain HKDF derives", async () => {
  const bytes = concatBytes(randomBytes(32));
  const open = await toOpenKey(Uint8Array.from(bytes));
  const plain = (label: Uint8Array) =>
    new Uint8Array(hkdfSync("sha256", bytes, new Uint8Array(0), label, 32));
  expect(await hpkeSeed(open)).toEqual(plain(KEY_LABELS.hpke()));
  expect(await signingSeed(open)).toEqual(plain(KEY_LABELS.signing()));
  expect(await walletSecret(open)).toEqual(plain(KEY_LABELS.wallet()));
});

test("every label is another key", () => {
  const labels = [
    KEY_LABELS.collection("check-in"),
    KEY_LABELS.collection("path"),
    KEY_LABELS.collection(""),
    KEY_LABELS.collectionTag("check-in"),
    KEY_LABELS.collectionTag("path"),
    KEY_LABELS.hpke(),
    KEY_LABELS.signing(),
    KEY_LABELS.device(),
    KEY_LABELS.wallet(),
  ].map(bytesToHex);
  expect(new Set(labels).size).toBe(labels.length);
});

test("a collection's tag is the same on every device, and another for everybody else", async () => {
  const tag = async (key: Uint8Array<ArrayBuffer>, name: string) =>
    collectionTag(await toOpenKey(key), name);
  const { name } = frozen.collection;
  expect(await tag(vaultKey(), name)).toBe(frozen.collection.tag);
  expect(await tag(vaultKey(), "path")).not.toBe(frozen.collection.tag);
  expect(await tag(concatBytes(randomBytes(32)), name)).not.toBe(frozen.collection.tag);
});

test("labels and public keys are those of earlier versions", () => {
  expect(bytesToHex(KEY_LABELS.collection(frozen.collection.name))).toBe(frozen.collection.label);
  const { hpke, signing } = ownPublicKeys(vaultKey());
  expect({ hpke: bytesToHex(hpke), signing: bytesToHex(signing) }).toEqual(frozen.ownKeys);
});

test("a wallet's secret is that of earlier versions: passes and pseudonyms are made of it", async () => {
  expect(bytesToHex(await walletSecret(await toOpenKey(vaultKey())))).toBe(frozen.wallet);
});
