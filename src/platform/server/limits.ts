/**
 * Rate limits in memory only: a token bucket per key, forgotten when full again. No address is stored,
 * and nothing outlives the process.
 */
import { isIPv4 } from "node:net";
import type { Clock } from "../clock.ts";

export interface Limits {
  /** 0 when the request may pass, else the seconds to wait. */
  readonly take: (key: string, perMinute: number) => number;
}

interface Bucket {
  tokens: number;
  at: number;
}

const MOST_BUCKETS = 50_000;

export function makeLimits(clock: Clock): Limits {
  const buckets = new Map<string, Bucket>();
  return {
    take: (key, perMinute) => {
      const now = clock.now();
      if (buckets.size > MOST_BUCKETS) forgetOldest(buckets);
      const bucket = buckets.get(key) ?? { tokens: perMinute, at: now };
      bucket.tokens = Math.min(perMinute, bucket.tokens + ((now - bucket.at) / 60_000) * perMinute);
      bucket.at = now;
      buckets.delete(key);
      buckets.set(key, bucket);
      if (bucket.tokens < 1) return Math.max(1, Math.ceil(((1 - bucket.tokens) / perMinute) * 60));
      bucket.tokens -= 1;
      return 0;
    },
  };
}

// Maps iterate in order of insertion, and `take` re-inserts: the first keys are the longest unused.
function forgetOldest(buckets: Map<string, Bucket>): void {
  let left = MOST_BUCKETS / 10;
  for (const key of buckets.keys()) {
    if (left-- <= 0) return;
    buckets.delete(key);
  }
}

/** The network somebody comes from, coarse: /24 of IPv4, /48 of IPv6. */
export function networkPrefix(address: string): string {
  const plain = address.startsWith("::ffff:") ? address.slice(7) : address;
  if (isIPv4(plain)) return plain.split(".").slice(0, 3).join(".");
  return plain.split(":").slice(0, 3).join(":");
}
