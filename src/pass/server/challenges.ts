/**
 * What badges are shown on: fresh, used once, good for five to ten minutes, and known to every node.
 *
 *     challenge = nonce[16] ‖ HMAC-SHA256(root, framed("callroom/v1/challenge", five minutes, nonce))[0..16]
 *
 * Making one writes nothing: a row a challenge would tell when somebody was about to act, and let anybody fill
 * the table. Using one writes its nonce beside the act, in the act's transaction and in a table outside the
 * write-ahead log. A nonce is chance alone, so no row tells a time. Root and nonces go together, every night and
 * with every crash of the database: what was made before is void, so nothing is ever shown twice.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { concatBytes, framedBytes, type Bytes } from "#platform/bytes.ts";
import type { Clock } from "#platform/clock.ts";
import {
  challengeRoot,
  keepChallengeRoot,
  keepUsedChallenge,
  type NamelessPassDb,
  type NamelessPassWithin,
} from "./nameless-store.ts";

export interface Challenges {
  /** 32 bytes. */
  readonly make: () => Promise<Bytes>;
  /** True once for each that was made in the last minutes, if the transaction commits. */
  readonly use: (within: NamelessPassWithin, challenge: Uint8Array) => Promise<boolean>;
}

const FIVE_MINUTES_MS = 300_000;
const NONCE_BYTES = 16;
const CHALLENGE_BYTES = 32;

export function makeChallenges(db: NamelessPassDb, clock: Clock): Challenges {
  const fiveMinutes = () => Math.floor(clock.now() / FIVE_MINUTES_MS);
  return {
    make: async () => challengeOf(await rootIn(db), fiveMinutes(), randomBytes(NONCE_BYTES)),
    use: async (within, challenge) => {
      const root = await challengeRoot(within);
      if (root === null || challenge.length !== CHALLENGE_BYTES) return false;
      const nonce = challenge.subarray(0, NONCE_BYTES);
      const now = fiveMinutes();
      // The later one is for a node whose clock is a little ahead of ours.
      const isOurs = [now - 1, now, now + 1].some((each) =>
        timingSafeEqual(challengeOf(root, each, nonce), challenge),
      );
      return isOurs && keepUsedChallenge(within, nonce);
    },
  };
}

async function rootIn(db: NamelessPassDb): Promise<Uint8Array> {
  for (;;) {
    const root = await challengeRoot(db);
    if (root !== null) return root;
    await keepChallengeRoot(db, randomBytes(32));
  }
}

function challengeOf(root: Uint8Array, fiveMinutes: number, nonce: Uint8Array): Bytes {
  const framed = framedBytes("callroom/v1/challenge", String(fiveMinutes), nonce);
  const tag = createHmac("sha256", root).update(framed).digest();
  return concatBytes(nonce, tag.subarray(0, CHALLENGE_BYTES - NONCE_BYTES));
}
