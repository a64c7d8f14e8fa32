/** Where one is in a check-in: which screen comes next, which came before, and where to take up again. */
import type { CheckIn } from "#library/check-in.ts";
import { itemsCallingForCare, nextItem, type CheckInDraft } from "./questionnaire.ts";

export type Place =
  | { readonly at: "opening" }
  /** Something was begun so long ago that its answers may no longer fit. */
  | { readonly at: "old" }
  | { readonly at: "item"; readonly index: number }
  /** After an answer that calls for care: the crisis panel, and on. */
  | { readonly at: "care"; readonly index: number }
  | { readonly at: "drivers" }
  | { readonly at: "words" };

const STILL_FITS_DAYS = 3;

export function placeToResume(
  checkIn: CheckIn,
  draft: CheckInDraft,
  begunOn: string | null,
  today: string,
): Place {
  if (isEmpty(draft)) return firstPlace(checkIn);
  const age = begunOn === null ? 0 : Temporal.PlainDate.from(begunOn).until(today).days;
  return age > STILL_FITS_DAYS ? { at: "old" } : lastPlace(checkIn, draft);
}

/** The first screen that nothing was said to yet. */
export function lastPlace(checkIn: CheckIn, draft: CheckInDraft): Place {
  const next = nextItem(checkIn, draft.answers);
  if (next !== null) return { at: "item", index: checkIn.items.indexOf(next) };
  return checkIn.drivers !== undefined
    ? { at: "drivers" }
    : { at: "item", index: checkIn.items.length - 1 };
}

/** Null when that was the last: it can be finished. */
export function placeAfter(checkIn: CheckIn, draft: CheckInDraft, place: Place): Place | null {
  switch (place.at) {
    case "opening":
    case "old":
      return { at: "item", index: 0 };
    case "item": {
      const item = checkIn.items[place.index]!;
      const callsForCare = itemsCallingForCare(checkIn, draft.answers).includes(item);
      return callsForCare ? { at: "care", index: place.index } : afterItem(checkIn, place.index);
    }
    case "care":
      return afterItem(checkIn, place.index);
    case "drivers":
      return checkIn.words === undefined ? null : { at: "words" };
    case "words":
      return null;
  }
}

/** Null where there is nothing before: leave. */
export function placeBefore(checkIn: CheckIn, place: Place): Place | null {
  switch (place.at) {
    case "opening":
    case "old":
      return null;
    case "item":
      if (place.index > 0) return { at: "item", index: place.index - 1 };
      return hasOpening(checkIn) ? { at: "opening" } : null;
    case "care":
      return { at: "item", index: place.index };
    case "drivers":
      return { at: "item", index: checkIn.items.length - 1 };
    case "words":
      return { at: "drivers" };
  }
}

/** How many screens ask something, for the line that says how far along one is. */
export const stepCount = (checkIn: CheckIn): number =>
  checkIn.items.length +
  Number(checkIn.drivers !== undefined) +
  Number(checkIn.words !== undefined);

/** Nothing was answered, picked or written; skipping alone leaves it so. */
export const isEmpty = (draft: CheckInDraft): boolean =>
  Object.values(draft.answers).every((answer) => answer === null) &&
  draft.drivers.length === 0 &&
  draft.words.trim() === "";

/** A pulse says what it has to say above its first question: four taps need no page before them. */
export const hasOpening = (checkIn: CheckIn): boolean => checkIn.drivers !== undefined;

const firstPlace = (checkIn: CheckIn): Place =>
  hasOpening(checkIn) ? { at: "opening" } : { at: "item", index: 0 };

function afterItem(checkIn: CheckIn, index: number): Place | null {
  if (index + 1 < checkIn.items.length) return { at: "item", index: index + 1 };
  if (checkIn.drivers !== undefined) return { at: "drivers" };
  return checkIn.words === undefined ? null : { at: "words" };
}
