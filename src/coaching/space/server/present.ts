/** The only way spaces leave the server: ciphertext, and the other person's public keys. */
import { bytesToBase64url } from "#platform/bytes.ts";
import type { PersonRow } from "../../server/store.ts";
import type { MessageRow, SpaceRow } from "./store.ts";

export const presentSpace = (
  space: SpaceRow,
  side: "client" | "coach",
  other: PersonRow,
  sealedKey: Buffer | null,
) => ({
  id: space.id,
  side,
  with: {
    id: other.id,
    name: other.name,
    hpkeKey: bytesToBase64url(other.hpke_key),
    signingKey: bytesToBase64url(other.signing_key),
  },
  sealedKey: sealedKey && bytesToBase64url(sealedKey),
  sequence: space.sequence,
});

export const presentMessage = (message: MessageRow, account: string) => ({
  sequence: message.sequence,
  id: message.id,
  mine: message.sender === account,
  sealed: bytesToBase64url(message.sealed),
});
