/**
 * Entries that a step was begun with because it points at an earlier one: new ones are taken up when that one
 * grows, reworded ones are reworded here, and those that nothing was added to go when they go there.
 */
import { followed } from "./carried.ts";

export interface WithCarried<Entry> {
  readonly entries: readonly Entry[];
  /** What was carried here before, so that what was removed here does not come back by itself. */
  readonly taken: readonly string[];
}

export interface HowToTakeUp<Entry> {
  readonly textOf: (entry: Entry) => string;
  readonly withText: (entry: Entry | null, text: string) => Entry;
  /** Nothing was said here that would be lost with it. */
  readonly isBare: (entry: Entry) => boolean;
}

export function takeUp<Entry>(
  { entries, taken }: WithCarried<Entry>,
  carried: readonly string[],
  { textOf, withText, isBare }: HowToTakeUp<Entry>,
): WithCarried<Entry> {
  // The step it came from may be gone in this version: then all stays.
  if (carried.length === 0) return { entries, taken };
  const now = followed(taken, carried);
  const stays = entries.flatMap((entry) => {
    const text = now.get(textOf(entry));
    if (text === undefined) return [entry];
    if (text === null) return isBare(entry) ? [] : [entry];
    return [text === textOf(entry) ? entry : withText(entry, text)];
  });
  const there = new Set([...now.values(), ...stays.map(textOf)]);
  const comes = carried.filter((text) => !there.has(text)).map((text) => withText(null, text));
  return { entries: [...stays, ...comes], taken: [...carried] };
}
