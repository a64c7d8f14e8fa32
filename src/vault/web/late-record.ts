/**
 * The one record of the safe that holds whatever is kept late, by name, and what of it still waits on this device.
 * It is always of one size, so that its writing tells neither what is in it nor whether anything is.
 */
import { utf8ToBytes } from "#platform/bytes.ts";
import { OF_THIS_DEVICE, type Drafts } from "./drafts.ts";

/** The collection that the record is in. */
export const LATE = "late";

/** A bucket of `record.ts`: about a hundred things. Whoever keeps more has twice the size, and so on. */
export const LATE_RECORD_BYTES = 16_384;
const LENGTH_BYTES = 4;

export interface LateEntry {
  /** Null where it was removed: another device's older word must not bring it back. */
  readonly value: unknown;
  /** Milliseconds since the epoch, and always above those of the entry that it took the place of. */
  readonly keptAt: number;
}

export type LateEntries = Readonly<Record<string, LateEntry>>;

export interface LateRecord {
  readonly entries: LateEntries;
  readonly filling: string;
}

export function entriesToRecord(entries: LateEntries): LateRecord {
  const bare = utf8ToBytes(JSON.stringify({ entries, filling: "" })).length + LENGTH_BYTES;
  let size = LATE_RECORD_BYTES;
  while (size < bare) size *= 2;
  return { entries, filling: " ".repeat(size - bare) };
}

/** By name the newest. It comes out the same on every device, whichever is which. */
export function mergeEntries(one: LateEntries, other: LateEntries): LateEntries {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted();
  return Object.fromEntries(names.map((name) => [name, newest(one[name], other[name])!]));
}

export function newest(one?: LateEntry, other?: LateEntry): LateEntry | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  if (one.keptAt !== other.keptAt) return one.keptAt > other.keptAt ? one : other;
  return JSON.stringify(one.value) > JSON.stringify(other.value) ? one : other;
}

/** Of two devices that wrote at once, what both kept. */
export const mergeRecords = (one: unknown, other: unknown): LateRecord =>
  entriesToRecord(mergeEntries(entriesOf(one), entriesOf(other)));

/** Of what the safe holds; none where it holds nothing yet. */
export const entriesOf = (record: unknown): LateEntries =>
  (record as LateRecord | null)?.entries ?? {};

// On this device ------------------------------------------------------------------------------------

/** When this device wrote last, and when it will; milliseconds since the epoch, 0 for neither. */
export interface Schedule {
  readonly wroteAt: number;
  readonly dueAt: number;
}

const WAITING = "later";
const SCHEDULE = `${OF_THIS_DEVICE}later written`;

export const readWaiting = async ({ readDraft }: Pick<Drafts, "readDraft">): Promise<LateEntries> =>
  ((await readDraft(WAITING)) as LateEntries | null) ?? {};

export const writeWaiting = (drafts: Drafts, entries: LateEntries): Promise<void> =>
  drafts.writeDraft(WAITING, Object.keys(entries).length === 0 ? null : entries);

export const readSchedule = async (drafts: Drafts): Promise<Schedule> =>
  ((await drafts.readDraft(SCHEDULE)) as Schedule | null) ?? { wroteAt: 0, dueAt: 0 };

export const writeSchedule = (drafts: Drafts, schedule: Schedule): Promise<void> =>
  drafts.writeDraft(SCHEDULE, schedule);
