/** What the load generator is told and what it answers; it runs in a process of its own. */

/** `{id}` in a path becomes sixteen fresh random bytes, base64url, in every request. */
export interface RequestTemplate {
  readonly method: "GET" | "PUT";
  readonly path: string;
  readonly cookie: string;
  readonly body: string;
}

export interface LoadOrder {
  readonly port: number;
  readonly connections: number;
  readonly forMs: number;
  /** Taken in turn. */
  readonly requests: readonly RequestTemplate[];
}

export interface LoadResult {
  readonly perSecond: number;
  /** Milliseconds of every request that was answered with 200. */
  readonly latencies: readonly number[];
  /** How many answers had another status. */
  readonly others: Readonly<Record<number, number>>;
}
