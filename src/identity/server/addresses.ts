/** E-mail addresses at rest: found by a keyed index, read only by opening the seal. A stolen database shows none. */
import { createHmac } from "node:crypto";
import { utf8ToBytes } from "#platform/bytes.ts";
import { reveal, type Redacted } from "#platform/redacted.ts";
import { openBytes, sealBytes } from "#platform/server/tickets.ts";

export interface Addresses {
  readonly index: (email: string) => Buffer;
  readonly seal: (email: string) => Buffer;
  readonly open: (sealed: Uint8Array) => string;
}

export function makeAddresses(
  indexKey: Redacted<Uint8Array>,
  sealKey: Redacted<Uint8Array>,
): Addresses {
  return {
    index: (email) => createHmac("sha256", reveal(indexKey)).update(email).digest(),
    seal: (email) => sealBytes(sealKey, "address", utf8ToBytes(email)),
    open: (sealed) => {
      const opened = openBytes(sealKey, "address", sealed);
      if (!opened)
        throw new Error("An address could not be opened: are these the secrets of this database?");
      return opened.toString("utf8");
    },
  };
}
