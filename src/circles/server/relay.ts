/**
 * What a device shows to the relay (TURN, RFC 8656): a random name with the end of its time, and a password made of
 * both ("A REST API For Access To TURN Services", draft-uberti-behave-turn-rest-00, which coturn speaks). Nothing in
 * it comes from a pseudonym, so the relay can't tell who it carries, nor two hours of the same person.
 */
import { createHmac, randomBytes } from "node:crypto";
import { redact, reveal, type Redacted } from "#platform/redacted.ts";

export interface Relay {
  /** `turn:` and `turns:` addresses (RFC 7065). */
  readonly urls: readonly string[];
  readonly secret: Redacted<string>;
}

/** Shared with the relay by its configuration. `key` is the circles' own of the secrets file. */
export const relaySecretOf = (key: Redacted<Uint8Array>): Redacted<string> =>
  redact(createHmac("sha256", reveal(key)).update("callroom/v1/circles/relay").digest("hex"));

/** `until` in epoch milliseconds. */
export function relayCredential(
  { secret }: Pick<Relay, "secret">,
  until: number,
): { readonly username: string; readonly credential: string } {
  const username = `${Math.ceil(until / 1000)}:${randomBytes(12).toString("base64url")}`;
  const credential = createHmac("sha1", reveal(secret)).update(username).digest("base64");
  return { username, credential };
}
