/** What may be added. Who may add it, the contract says: stewards, and whoever runs the server. */
import type { Scorer } from "../scorer.ts";

/** An instrument that can do harm unanswered waits until the community says that somebody answers. */
export const isProtocolMissing = (scorer: Scorer, protocolReady: boolean): boolean =>
  scorer.protocol !== undefined && !protocolReady;
