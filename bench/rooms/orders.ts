/** What the load generator of the rooms is told and what it answers; it runs in a process of its own. */

/** How a server is spoken to: Callroom's HTTP, XMPP with a room (XEP-0045), or a bare WebSocket. */
export type Speech = "callroom" | "xmpp" | "ws";

export interface LoadMember {
  /** Its place among the rooms, from 0. */
  readonly room: number;
  /** Callroom's ticket of a visit, its circle, and the pseudonym that speaks; nothing to the others. */
  readonly visit: string;
  readonly circle: string;
  readonly sender: string;
}

export type RoomsOrder =
  | {
      readonly do: "open";
      readonly speech: Speech;
      readonly port: number;
      readonly members: readonly LoadMember[];
    }
  /** Every member of those opened under that speech sends a message every so often. */
  | {
      readonly do: "speak";
      readonly speech: Speech;
      readonly everyMs: number;
      readonly forMs: number;
    };

export interface RoomsResult {
  readonly sent: number;
  /** Milliseconds from sending to each arrival, sorted. */
  readonly latencies: readonly number[];
  /** Arrivals that never came, and ones that came twice, out of order or where nothing was sent. */
  readonly lacking: number;
  readonly wrong: number;
}
