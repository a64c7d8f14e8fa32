/** Instances of the slot bench: read from files in the format they explain themselves, or made from a seed. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface SlotInstances {
  readonly name: string;
  readonly hosts: readonly SlotHost[];
  readonly cases: readonly SlotCase[];
}

export interface SlotHost {
  readonly id: number;
  readonly timeZone: string;
  readonly rules: readonly { days: readonly number[]; start: number; end: number }[];
  readonly overrides: readonly { date: string; start: number; end: number }[];
  readonly busy: readonly { start: number; end: number }[];
}

export interface SlotCase {
  readonly bookerZone: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly lengthMinutes: number;
  readonly stepMinutes: number;
  /** Absent from made instances, which are judged against luxon alone. */
  readonly perHost?: readonly { slots: number; sha256: string }[];
}

/** Every file of the folder; where there is no such folder, instances made from a seed. */
export function readInstances(folder: string): SlotInstances[] {
  if (!existsSync(folder)) return [makeInstances(20_310_303)];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .toSorted()
    .map((file) => ({
      ...(JSON.parse(readFileSync(join(folder, file), "utf8")) as Omit<SlotInstances, "name">),
      name: file.replace(/\.json$/, ""),
    }));
}

const ZONES = ["America/New_York", "America/Los_Angeles", "Europe/Berlin", "Asia/Kolkata"] as const;
const DAYS = 28;

function makeInstances(seed: number): SlotInstances {
  const draw = mulberry32(seed);
  const between = (least: number, most: number) => least + Math.floor(draw() * (most - least + 1));
  const firstDay = Temporal.PlainDate.from("2031-03-03");
  const dayStart = (zone: string, day: number) =>
    firstDay.add({ days: day }).toZonedDateTime(zone).epochMilliseconds;

  const hosts = Array.from({ length: 40 }, (_, id): SlotHost => {
    const timeZone = ZONES[id % ZONES.length]!;
    return {
      id,
      timeZone,
      rules: [1, 2, 3, 4, 5].flatMap((day) => [
        { days: [day], start: 15 * between(28, 40), end: 720 },
        { days: [day], start: 780, end: 15 * between(60, 76) },
      ]),
      overrides: [
        { date: firstDay.add({ days: between(0, 13) }).toString(), start: 0, end: 0 },
        { date: firstDay.add({ days: between(14, 27) }).toString(), start: 660, end: 900 },
      ],
      busy: Array.from({ length: 40 }, () => {
        const start = dayStart(timeZone, between(0, DAYS - 1)) + 300_000 * between(84, 216);
        return { start, end: start + 900_000 * between(1, 6) };
      }).toSorted((a, b) => a.start - b.start),
    };
  });
  const cases = ["Europe/Berlin", "America/New_York"].flatMap((bookerZone) =>
    [[50, 15] as const, [15, 15] as const, [30, 30] as const, [60, 5] as const].map(
      ([lengthMinutes, stepMinutes]): SlotCase => ({
        bookerZone,
        fromMs: dayStart(bookerZone, 0),
        toMs: dayStart(bookerZone, DAYS),
        lengthMinutes,
        stepMinutes,
      }),
    ),
  );
  return { name: `made-from-${seed}`, hosts, cases };
}

/** A small seeded generator, so that the made instances are the same everywhere. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
