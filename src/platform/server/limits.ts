/**
 * Rate limits in memory only: a token bucket per key, forgotten when full again. No address is stored,
 * and nothing outlives the process.
 */
import { isIPv4, isIPv6 } from "node:net";
import type { Clock } from "../clock.ts";

export interface Limits {
  /** 0 when the request may pass, else the seconds to wait. */
  readonly take: (key: string, perMinute: number) => number;
  /** Takes nothing after all: somebody else answers for it. */
  readonly giveBack: (key: string, perMinute: number) => void;
}

export interface LookingLimits extends Limits {
  /** As `take` would answer, and takes nothing: for what counts only once it has failed. */
  readonly look: (key: string, perMinute: number) => number;
}

interface Bucket {
  tokens: number;
  at: number;
}

const MOST_BUCKETS = 50_000;
const MINUTE_MS = 60_000;

export function makeLimits(clock: Clock): LookingLimits {
  const buckets = new Map<string, Bucket>();
  const fill = (key: string, perMinute: number): Bucket => {
    const now = clock.now();
    forgetFull(buckets, now);
    if (buckets.size > MOST_BUCKETS) forgetOldest(buckets);
    const bucket = buckets.get(key) ?? { tokens: perMinute, at: now };
    // A clock that was set back takes nothing away.
    const passed = Math.max(0, now - bucket.at);
    bucket.tokens = Math.min(perMinute, bucket.tokens + (passed / MINUTE_MS) * perMinute);
    bucket.at = now;
    buckets.delete(key);
    buckets.set(key, bucket);
    return bucket;
  };
  return {
    take: (key, perMinute) => {
      const bucket = fill(key, perMinute);
      const wait = secondsToWait(bucket, perMinute);
      if (wait === 0) bucket.tokens -= 1;
      return wait;
    },
    giveBack: (key, perMinute) => {
      const bucket = buckets.get(key);
      if (bucket) bucket.tokens = Math.min(perMinute, bucket.tokens + 1);
    },
    look: (key, perMinute) =>
      buckets.has(key) ? secondsToWait(fill(key, perMinute), perMinute) : 0,
  };
}

const secondsToWait = ({ tokens }: Bucket, perMinute: number): number =>
  tokens >= 1 ? 0 : Math.max(1, Math.ceil(((1 - tokens) / perMinute) * 60));

// Maps iterate in order of insertion, and `take` re-inserts: the first keys are the longest unused. Any
// bucket is full again after a minute.
function forgetFull(buckets: Map<string, Bucket>, now: number): void {
  for (const [key, { at }] of buckets) {
    if (now - at < MINUTE_MS) return;
    buckets.delete(key);
  }
}

function forgetOldest(buckets: Map<string, Bucket>): void {
  let left = MOST_BUCKETS / 10;
  for (const key of buckets.keys()) {
    if (left-- <= 0) return;
    buckets.delete(key);
  }
}

/**
 * The network somebody comes from, coarse: /24 of IPv4, /48 of IPv6. A connection that has gone already has
 * no address any more.
 */
export function networkPrefix(address: string | undefined): string {
  const plain = address?.startsWith("::ffff:") ? address.slice(7) : (address ?? "");
  if (isIPv4(plain)) return plain.split(".").slice(0, 3).join(".");
  return isIPv6(plain) ? firstGroups(plain).join(":") : "";
}

// `::` may stand anywhere: unless it is written out, one /48 has many spellings.
function firstGroups(address: string): string[] {
  const [front = "", back] = address.split("::");
  const before = front === "" ? [] : front.split(":");
  const after = back === undefined || back === "" ? [] : back.split(":");
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0");
  return [...before, ...zeros, ...after]
    .slice(0, 3)
    .map((group) => Number.parseInt(group, 16).toString(16));
}
