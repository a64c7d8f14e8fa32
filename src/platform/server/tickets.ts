/**
 * Tickets: what the server wants to remember between two requests without storing it. Sealed for itself
 * (AES-256-GCM) with purpose and expiry, so that any node can open it and no other purpose can use it.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { base64urlToBytes, bytesToBase64url, concatBytes, utf8ToBytes } from "../bytes.ts";
import type { Clock } from "../clock.ts";
import { reveal, type Redacted } from "../redacted.ts";

export interface Tickets {
  readonly seal: (
    purpose: string,
    content: Readonly<Record<string, unknown>>,
    goodForSeconds: number,
  ) => string;
  /** Null where it is none of ours, altered, for another purpose, or past its time. */
  readonly open: <Content>(purpose: string, ticket: string) => Content | null;
}

export function makeTickets(key: Redacted<Uint8Array>, clock: Clock): Tickets {
  return {
    seal: (purpose, content, goodForSeconds) => {
      const until = clock.now() + goodForSeconds * 1000;
      const sealed = sealBytes(
        key,
        `ticket ${purpose}`,
        utf8ToBytes(JSON.stringify({ until, content })),
      );
      return bytesToBase64url(sealed);
    },
    open: <Content>(purpose: string, ticket: string) => {
      const sealed = base64urlToBytes(ticket);
      const opened = sealed && openBytes(key, `ticket ${purpose}`, sealed);
      if (!opened) return null;
      const { until, content } = JSON.parse(opened.toString("utf8")) as {
        until: number;
        content: Content;
      };
      return until >= clock.now() ? content : null;
    },
  };
}

/** nonce[12] ‖ ciphertext ‖ tag[16], bound to a purpose. */
export function sealBytes(key: Redacted<Uint8Array>, purpose: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", reveal(key), nonce).setAAD(Buffer.from(purpose));
  return Buffer.from(concatBytes(nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()));
}

export function openBytes(
  key: Redacted<Uint8Array>,
  purpose: string,
  sealed: Uint8Array,
): Buffer | null {
  if (sealed.length < 28) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", reveal(key), sealed.subarray(0, 12));
    decipher.setAAD(Buffer.from(purpose)).setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
  } catch {
    return null;
  }
}
