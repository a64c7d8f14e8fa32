/**
 * Slot arithmetic beside luxon: the same hosts, windows and answers, hosts and zone changes prepared beforehand
 * on both sides. Every start is checked against the instances' counts and hashes, every string against luxon.
 */
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { slotStartsToIsoByDay } from "../src/coaching/booking/slots-by-day.ts";
import type { PreparedHost } from "../src/coaching/booking/slots.ts";
import { freeSlots, prepareHost } from "../src/coaching/booking/slots.ts";
import type { ZoneTable } from "../src/coaching/booking/zone.ts";
import { zoneTransitions } from "../src/coaching/booking/zone.ts";
import type { SlotCase, SlotHost, SlotInstances } from "./slots/instances.ts";
import { readInstances } from "./slots/instances.ts";
import type { LuxonHost } from "./slots/luxon-slots.ts";
import { luxonSlotsByDay, prepareLuxonHost } from "./slots/luxon-slots.ts";

const SHARED_INSTANCES = fileURLToPath(new URL("../../shared/bench/slots", import.meta.url));
/** Repeated until it took as long: some systems count a thread's time in steps of milliseconds. */
const LEAST_MEASURED_MS = 400;
/** Luxon takes about a minute for 200 hosts, so both sides are timed on the same twenty of a larger file. */
const MOST_TIMED_HOSTS = 20;

interface Search {
  readonly asked: SlotCase;
  readonly at: number;
  readonly host: PreparedHost;
  readonly luxonHost: LuxonHost;
  readonly booker: ZoneTable;
}

export async function bench(options: {
  instances?: string;
  log: (line: string) => void;
}): Promise<Record<string, number>> {
  let mismatches = 0;
  const total = { slots: 0, luxon: 0, arithmetic: 0, answer: 0 };
  for (const instances of readInstances(options.instances ?? SHARED_INSTANCES)) {
    const searches = prepare(instances);
    const every = Math.ceil(instances.hosts.length / MOST_TIMED_HOSTS);
    const timed = searches.filter(({ at }) => at % every === 0);
    // Checked before timed, which warms both sides up too.
    const wrong =
      searches.filter((search) => !hasStatedStarts(search)).length +
      timed.filter((search) => !answersLikeLuxon(search)).length;
    mismatches += wrong;

    const luxon = milliseconds(timed, ({ luxonHost, asked }) => luxonSlotsByDay(luxonHost, asked));
    const arithmetic = milliseconds(timed, ({ host, asked }) => freeSlots(host, asked));
    const answer = milliseconds(timed, ({ host, asked, booker }) =>
      slotStartsToIsoByDay(freeSlots(host, asked), booker),
    );
    total.slots += timed.reduce((sum, { host, asked }) => sum + freeSlots(host, asked).length, 0);
    total.luxon += luxon;
    total.arithmetic += arithmetic;
    total.answer += answer;
    options.log(
      `${instances.name}: ${searches.length} searches checked, ${wrong} wrong; ${timed.length} timed: ` +
        `luxon ${luxon.toFixed(0)} ms, arithmetic ${arithmetic.toFixed(2)} ms ` +
        `(${(luxon / arithmetic).toFixed(0)} times), answer ${answer.toFixed(2)} ms ` +
        `(${(luxon / answer).toFixed(0)} times)`,
    );
  }
  return {
    vsLuxon: total.luxon / total.arithmetic,
    answerVsLuxon: total.luxon / total.answer,
    mismatches,
    nanosecondsPerSlot: (total.arithmetic * 1e6) / total.slots,
  };
}

function prepare({ hosts, cases }: SlotInstances): Search[] {
  const DAY = 86_400_000;
  const fromMs = Math.min(...cases.map((asked) => asked.fromMs)) - 3 * DAY;
  const toMs = Math.max(...cases.map((asked) => asked.toMs)) + 3 * DAY;
  const zones = new Map<string, ZoneTable>();
  const zoneOf = (name: string) => {
    const zone = zones.get(name) ?? zoneTransitions(name, fromMs, toMs);
    zones.set(name, zone);
    return zone;
  };
  const prepared = hosts.map((host) => ({
    host: prepareHost(availabilityOf(host), host.busy, zoneOf(host.timeZone)),
    luxonHost: prepareLuxonHost(host),
  }));
  return cases.flatMap((asked) =>
    prepared.map((each, at) => ({ ...each, at, asked, booker: zoneOf(asked.bookerZone) })),
  );
}

function availabilityOf(host: SlotHost) {
  return {
    weekly: host.rules.flatMap(({ days, start, end }) => days.map((day) => ({ day, start, end }))),
    exceptions: host.overrides.map(({ date, start, end }) => ({
      date,
      windows: end > start ? [{ start, end }] : [],
    })),
  };
}

function hasStatedStarts({ host, asked, at }: Search): boolean {
  const stated = asked.perHost?.[at];
  if (stated === undefined) return true;
  const starts = freeSlots(host, asked);
  const hash = createHash("sha256").update(starts.join(",")).digest("hex").slice(0, 16);
  return stated.slots === starts.length && stated.sha256 === hash;
}

function answersLikeLuxon({ host, luxonHost, asked, booker }: Search): boolean {
  const ours = slotStartsToIsoByDay(freeSlots(host, asked), booker);
  return JSON.stringify([...ours]) === JSON.stringify([...luxonSlotsByDay(luxonHost, asked)]);
}

/** Kept, so that no compiler can find the work useless. */
let kept: unknown;

/**
 * Time of this thread's processor for one round: what others do on the machine meanwhile would lengthen the long
 * measurement more often than the short ones.
 */
function milliseconds(searches: readonly Search[], work: (search: Search) => unknown): number {
  const before = process.threadCpuUsage();
  for (let rounds = 1; ; rounds++) {
    for (const search of searches) kept = work(search);
    const { user, system } = process.threadCpuUsage(before);
    if (kept === undefined) throw new Error("There was nothing to measure");
    const spent = (user + system) / 1000;
    if (spent >= LEAST_MEASURED_MS) return spent / rounds;
  }
}
