/**
 * Filling in a check-in: what has been answered, what comes next, and which answers call for care.
 * An unfinished one is as good as a finished one; nothing is required.
 */
import { isRecord } from "#platform/record.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import type { CheckIn, Item, Scale } from "#library/check-in.ts";

/** The value chosen, or null for "skipped on purpose"; an item not met yet is absent. */
export type Answers = Readonly<Record<string, number | null>>;

export interface CheckInDraft {
  readonly checkIn: string;
  readonly version: number;
  readonly answers: Answers;
  readonly drivers: readonly string[];
  readonly words: string;
}

export type AnswerRefusal =
  | { readonly type: "NoSuchItem" }
  | { readonly type: "NoSuchOption" }
  | { readonly type: "TooManyDrivers"; readonly atMost: number };

export const emptyDraft = (checkIn: CheckIn): CheckInDraft => ({
  checkIn: checkIn.id,
  version: checkIn.version,
  answers: {},
  drivers: [],
  words: "",
});

export function withAnswer(
  checkIn: CheckIn,
  draft: CheckInDraft,
  itemId: string,
  value: number | null,
): Result<CheckInDraft, AnswerRefusal> {
  const item = checkIn.items.find((candidate) => candidate.id === itemId);
  if (!item) return refuse({ type: "NoSuchItem" });
  if (value !== null && !isOption(checkIn, item, value)) return refuse({ type: "NoSuchOption" });
  return ok({ ...draft, answers: { ...draft.answers, [itemId]: value } });
}

/** Picks a driver, or puts it back if it was picked. */
export function withDriverToggled(
  checkIn: CheckIn,
  draft: CheckInDraft,
  driverId: string,
): Result<CheckInDraft, AnswerRefusal> {
  if (draft.drivers.includes(driverId)) {
    return ok({ ...draft, drivers: draft.drivers.filter((id) => id !== driverId) });
  }
  const atMost = checkIn.drivers?.atMost ?? 0;
  if (draft.drivers.length >= atMost) return refuse({ type: "TooManyDrivers", atMost });
  return ok({ ...draft, drivers: [...draft.drivers, driverId] });
}

/** The first item neither answered nor skipped, in the order they are asked; null when all were met. */
export const nextItem = (checkIn: CheckIn, answers: Answers): Item | null =>
  checkIn.items.find((item) => !Object.hasOwn(answers, item.id)) ?? null;

export const answeredCount = (checkIn: CheckIn, answers: Answers): number =>
  checkIn.items.filter((item) => answerTo(answers, item.id) !== null).length;

/** Items whose answer opens the crisis panel, whatever the rest of the check-in says. */
export const itemsCallingForCare = (checkIn: CheckIn, answers: Answers): Item[] =>
  checkIn.items.filter((item) => {
    const answer = answerTo(answers, item.id);
    return item.safety !== undefined && answer !== null && answer >= item.safety.from;
  });

/**
 * A draft as it comes back from the vault, perhaps after the content changed: answers that still fit
 * are kept, others are dropped, and a draft of another check-in becomes an empty one.
 */
export function draftFrom(checkIn: CheckIn, kept: unknown): CheckInDraft {
  const empty = emptyDraft(checkIn);
  if (!isRecord(kept) || kept["checkIn"] !== checkIn.id) return empty;
  const answers = isRecord(kept["answers"]) ? kept["answers"] : {};
  const fitting = checkIn.items.flatMap((item): [string, number | null][] => {
    if (!Object.hasOwn(answers, item.id)) return [];
    const value = answers[item.id];
    if (value === null) return [[item.id, null]];
    return typeof value === "number" && isOption(checkIn, item, value) ? [[item.id, value]] : [];
  });
  const drivers = Array.isArray(kept["drivers"]) ? kept["drivers"] : [];
  return {
    ...empty,
    answers: Object.fromEntries(fitting),
    drivers: [...new Set(drivers.filter((id) => typeof id === "string"))].slice(
      0,
      checkIn.drivers?.atMost ?? 0,
    ),
    words: typeof kept["words"] === "string" ? kept["words"] : "",
  };
}

export function scaleOf(checkIn: CheckIn, item: Item): Scale {
  const scale = checkIn.scales.find((candidate) => candidate.id === item.scale);
  if (!scale) throw new Error(`Item ${item.id} names no scale`);
  return scale;
}

/** Null for skipped and for not met yet alike. */
export const answerTo = (answers: Answers, itemId: string): number | null =>
  Object.hasOwn(answers, itemId) ? (answers[itemId] ?? null) : null;

const isOption = (checkIn: CheckIn, item: Item, value: number): boolean =>
  scaleOf(checkIn, item).options.some((option) => option.value === value);
