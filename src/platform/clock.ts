/** Whoever needs the time is handed a clock, so that tests can stop it and proofs can bend it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
