/**
 * Who can read what is typed in a place: the zone it lives in, and a line that says it in words. Pages and
 * fields take theirs from this one list, so that the same thing is said the same way everywhere.
 */
import { words } from "./words.ts";

/** `device` is no zone of the server's: what has it is used or kept on this device and never sent. */
type Zone = "named" | "sealed" | "nameless" | "device";

export interface Readership {
  readonly zone: Zone;
  readonly readers: string;
}

const { readers } = words;
const named = (line: string): Readership => ({ zone: "named", readers: line });

export const readBy = {
  server: named(readers.server),
  stewards: named(readers.stewards),
  community: named(readers.community),
  anyone: named(readers.anyone),
  coachAndStewards: (name: string) => named(readers.coachAndStewards(name)),
  youServerAnd: (name: string) => named(readers.youServerAnd(name)),
  circle: (count: string): Readership => ({ zone: "nameless", readers: readers.circle(count) }),
  /** Of a circle, and not sealed: what stands in its log. */
  circleAndServer: (count: string): Readership => ({
    zone: "nameless",
    readers: readers.circleAndServer(count),
  }),
  /** Read by the server, which doesn't know whose it is. */
  namelessly: { zone: "nameless", readers: readers.namelessly },
  stewardsUnnamed: { zone: "nameless", readers: readers.stewardsUnnamed },
  onlyYou: { zone: "sealed", readers: readers.onlyYou },
  youAnd: (name: string): Readership => ({ zone: "sealed", readers: readers.youAnd(name) }),
  /** A secret: it is used here, and not even kept. */
  neverSent: { zone: "device", readers: readers.neverSent },
  /** A setting of this device. */
  thisDevice: { zone: "device", readers: readers.thisDevice },
} as const satisfies Record<string, Readership | ((name: string) => Readership)>;
