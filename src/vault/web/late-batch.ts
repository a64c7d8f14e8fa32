/** What waits on this device for its hour: one sealed draft, so that not even how much waits shows from outside. */
import type { Drafts } from "./drafts.ts";

export interface LateEntry {
  readonly collection: string;
  /** 32 hex digits. */
  readonly id: string;
  /** Null removes. */
  readonly content: unknown;
  /** Milliseconds since the epoch. */
  readonly keptAt: number;
  /** The version that the vault had then; 0 for none. */
  readonly over: number;
}

export interface LateBatch {
  /** Milliseconds since the epoch; entries that are too young by then wait for the next. */
  readonly dueAt: number;
  readonly entries: readonly LateEntry[];
}

const DRAFT = "later";

export const readLate = async (drafts: Pick<Drafts, "readDraft">): Promise<LateBatch> =>
  ((await drafts.readDraft(DRAFT)) as LateBatch | null) ?? { dueAt: 0, entries: [] };

export const writeLate = (drafts: Pick<Drafts, "writeDraft">, batch: LateBatch): Promise<void> =>
  drafts.writeDraft(DRAFT, batch.entries.length === 0 ? null : batch);
