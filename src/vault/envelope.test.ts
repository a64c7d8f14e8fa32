import { readFileSync } from "node:fs";
import { hkdfSync, randomBytes } from "node:crypto";
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesToHex, concatBytes, framedBytes, hexToBytes } from "#platform/bytes.ts";
import { unwrapVaultKey, WRAP_BYTES, wrapVaultKey, type Wrapping } from "./envelope.ts";
import { wrapLabel, type WrapSlot } from "./keyring.ts";

const fromFile = <Shape>(name: string): Shape =>
  JSON.parse(readFileSync(new URL(`vectors/${name}`, import.meta.url), "utf8")) as Shape;
const hex = (text: string) => hexToBytes(text)!;
const random = (length: number) => concatBytes(randomBytes(length));

const SAFE = "00000000-0000-4000-8000-000000000001";
const SLOTS = ["passphrase", "phrase", "passkey:AAECAw", "passkey:BBBBBB"] as const;
const wrapping = (over: Partial<Wrapping> = {}): Wrapping => ({
  safe: SAFE,
  slot: "passphrase",
  secret: new Uint8Array(64).fill(3),
  ...over,
});
const COULD_NOT = { ok: false, refusal: { type: "CouldNotBeOpened" } };

// The primitives, as others wrote them down -------------------------------------------------------

test("HKDF-SHA-256 answers as RFC 5869 says, here and in Node", () => {
  const { cases } = fromFile<{
    cases: { ikm: string; salt: string; info: string; okm: string }[];
  }>("rfc5869.json");
  for (const { ikm, salt, info, okm } of cases) {
    const length = okm.length / 2;
    expect(bytesToHex(hkdf(sha256, hex(ikm), hex(salt), hex(info), length))).toBe(okm);
    const nodes = hkdfSync("sha256", hex(ikm), hex(salt), hex(info), length);
    expect(bytesToHex(new Uint8Array(nodes))).toBe(okm);
  }
});

test("no salt and an empty salt give one key", () => {
  const [secret, info] = [random(32), random(9)];
  const none = hkdf(sha256, secret, undefined, info, 32);
  expect(none).toEqual(hkdf(sha256, secret, new Uint8Array(0), info, 32));
});

test("XChaCha20-Poly1305 answers as its draft says", () => {
  const vector =
    fromFile<Record<"key" | "nonce" | "associated" | "plain" | "sealed" | "tag", string>>(
      "xchacha20-poly1305.json",
    );
  const cipher = () =>
    xchacha20poly1305(hex(vector.key), hex(vector.nonce), hex(vector.associated));
  expect(bytesToHex(cipher().encrypt(hex(vector.plain)))).toBe(vector.sealed + vector.tag);
  expect(bytesToHex(cipher().decrypt(hex(vector.sealed + vector.tag)))).toBe(vector.plain);
});

// Our own format, frozen --------------------------------------------------------------------------

test("a wrap of an earlier version opens", () => {
  const frozen = fromFile<{
    vaultKey: string;
    secret: string;
    nonce: string;
    safe: string;
    wraps: Record<WrapSlot, { label: string; wrap: string }>;
  }>("callroom-v1.json");
  for (const [slot, { label, wrap }] of Object.entries(frozen.wraps)) {
    const at = { safe: frozen.safe, slot: slot as WrapSlot, secret: hex(frozen.secret) };
    expect(bytesToHex(wrapLabel(at.slot))).toBe(label);
    expect(bytesToHex(wrapVaultKey(at, hex(frozen.vaultKey), hex(frozen.nonce)))).toBe(wrap);
    expect(unwrapVaultKey(at, hex(wrap))).toEqual({ ok: true, value: hex(frozen.vaultKey) });
  }
});

test("a wrap is what its head comment says, by Node's own HKDF", () => {
  const [vaultKey, nonce, at] = [random(32), random(24), wrapping()];
  const key = new Uint8Array(
    hkdfSync(
      "sha256",
      at.secret,
      new Uint8Array(0),
      framedBytes("callroom/v1/wrap", "passphrase"),
      32,
    ),
  );
  const associated = framedBytes("callroom/v1/wrap", SAFE, "passphrase");
  const sealed = xchacha20poly1305(key, nonce, associated).encrypt(vaultKey);
  expect(wrapVaultKey(at, vaultKey, nonce)).toEqual(concatBytes(nonce, sealed));
});

// What a wrap opens, and what it doesn't ------------------------------------------------------------

test("a wrap has 72 bytes and gives the vault key back", () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  fc.assert(
    fc.property(
      bytes(32),
      bytes(24),
      bytes(40),
      fc.constantFrom(...SLOTS),
      (key, nonce, secret, slot) => {
        const at = wrapping({ slot, secret });
        const wrap = wrapVaultKey(at, key, nonce);
        expect(wrap).toHaveLength(WRAP_BYTES);
        expect(unwrapVaultKey(at, wrap)).toEqual({ ok: true, value: Uint8Array.from(key) });
      },
    ),
    { numRuns: 50 },
  );
});

test("a wrap does not open in another slot, in another safe or with another secret", () => {
  const wrap = wrapVaultKey(wrapping(), random(32), random(24));
  const others: Wrapping[] = [
    ...SLOTS.slice(1).map((slot) => wrapping({ slot })),
    wrapping({ safe: "00000000-0000-4000-8000-000000000002" }),
    wrapping({ safe: "" }),
    wrapping({ secret: new Uint8Array(64).fill(4) }),
    wrapping({ secret: new Uint8Array(63).fill(3) }),
    wrapping({ secret: new Uint8Array(65).fill(3) }),
  ];
  for (const other of others) expect(unwrapVaultKey(other, wrap)).toEqual(COULD_NOT);
});

test("one passkey's wrap does not open as another's, though their secret were the same", () => {
  const wrap = wrapVaultKey(wrapping({ slot: "passkey:AAECAw" }), random(32), random(24));
  expect(unwrapVaultKey(wrapping({ slot: "passkey:BBBBBB" }), wrap)).toEqual(COULD_NOT);
});

test("any flipped bit is refused, with the one refusal", () => {
  const wrap = wrapVaultKey(wrapping(), random(32), random(24));
  for (let bit = 0; bit < WRAP_BYTES * 8; bit++) {
    const altered = wrap.slice();
    altered[bit >> 3]! ^= 1 << (bit & 7);
    expect(unwrapVaultKey(wrapping(), altered)).toEqual(COULD_NOT);
  }
});

test("every truncation and any addition is refused, with the one refusal", () => {
  const wrap = wrapVaultKey(wrapping(), random(32), random(24));
  for (let length = 0; length < WRAP_BYTES; length++)
    expect(unwrapVaultKey(wrapping(), wrap.subarray(0, length))).toEqual(COULD_NOT);
  expect(unwrapVaultKey(wrapping(), concatBytes(wrap, Uint8Array.of(0)))).toEqual(COULD_NOT);
});

test("a short secret, a short key or a short nonce is a defect, not a refusal", () => {
  expect(() => wrapVaultKey(wrapping({ secret: random(31) }), random(32), random(24))).toThrow(
    /32/,
  );
  expect(() => wrapVaultKey(wrapping(), random(31), random(24))).toThrow(/32 bytes/);
  expect(() => wrapVaultKey(wrapping(), random(32), random(12))).toThrow(/24/);
});
