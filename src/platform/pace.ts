/**
 * How long a request may be on its way: a while for what anybody asks, and more for what it carries, so that a
 * document of some megabytes gets through a poor line and a request that stands still is given up.
 */

export interface Pace {
  /** Milliseconds for a request that carries nothing. */
  readonly baseMs: number;
  readonly bytesPerSecond: number;
}

/** 256 kbit a second: of a ward's wireless, or a phone at the edge of its cell. */
export const SLOWEST_LINE = 32 * 1024;

export const patienceMs = ({ baseMs, bytesPerSecond }: Pace, bytes: number): number =>
  Math.ceil(baseMs + (bytes / bytesPerSecond) * 1000);
