/** The one form of a proof: it drives the real program from outside, and its control must be caught. */
export interface ProofOptions {
  /** Small at `npm test`, full in `npm run prove`. */
  readonly small: boolean;
  /** Progress, for people. */
  readonly log: (line: string) => void;
}

export interface Verdict {
  readonly holds: boolean;
  /** The control breaks the promise on purpose; a proof that misses it proves nothing. */
  readonly control: "caught" | "missed";
  /** Tries, kills or requests. */
  readonly size: number;
  readonly figures: Readonly<Record<string, number>>;
}

export type Proof = (options: ProofOptions) => Promise<Verdict>;
