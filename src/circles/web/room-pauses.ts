/** How long a device waits before it asks again. */
import type { Bytes } from "#platform/bytes.ts";

const LONGEST_PAUSE_MS = 30_000;

export const longer = (pause: number) => Math.min(2 * pause, LONGEST_PAUSE_MS);

/** Between half and all of it, so that a server that comes back isn't met by everybody at once. */
export const jittered = (ms: number, random: (length: number) => Bytes): number =>
  ms * (0.5 + random(1)[0]! / 510);

export const waited = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done);
  });
