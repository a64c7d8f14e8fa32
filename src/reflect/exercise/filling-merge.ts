/**
 * One filling out of two that devices wrote apart. Step by step: where one was made in sight of the other it
 * counts; where neither was, the one of the later day counts, or else the one changed more often, and the other is
 * kept beside it.
 * The same whichever comes first, and nothing that was said is lost.
 */
import type { Filling, KeptAnswer } from "./filling.ts";
import type { Answer } from "./steps.ts";

export function mergeFillings(one: Filling, other: Filling): Filling {
  const later = isBefore(weightOf(one), weightOf(other)) ? other : one;
  const steps = new Set([...Object.keys(one.answers), ...Object.keys(other.answers)]);
  const answers = [...steps].toSorted().map((step) => {
    const [a, b] = [one.answers[step], other.answers[step]];
    return [step, a && b ? mergeAnswers(a, b) : (a ?? b)!] as const;
  });
  return {
    ...later,
    begunOn: one.begunOn < other.begunOn ? one.begunOn : other.begunOn,
    nth: Math.max(one.nth, other.nth),
    changedOn: one.changedOn > other.changedOn ? one.changedOn : other.changedOn,
    isFinished: one.isFinished || other.isFinished,
    answers: Object.fromEntries(answers),
    promoted: mergePromoted(one.promoted, other.promoted),
  };
}

function mergePromoted(one: Filling["promoted"], other: Filling["promoted"]): Filling["promoted"] {
  const steps = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted();
  return Object.fromEntries(
    steps.map((step) => [
      step,
      [...new Set([...(one[step] ?? []), ...(other[step] ?? [])])].toSorted(),
    ]),
  );
}

export const isSameFilling = (one: Filling, other: Filling): boolean =>
  canonical(one) === canonical(other);

function mergeAnswers(a: KeptAnswer, b: KeptAnswer): KeptAnswer {
  const [aSawB, bSawA] = [saw(a, b), saw(b, a)];
  if (aSawB && bSawA) {
    // The same changes on both sides: the same answer, but for what damage may have done.
    const [first] = [a, b].toSorted(byText);
    return withOthers(first!, [...(a.others ?? []), ...(b.others ?? [])], a, b);
  }
  if (aSawB) return a;
  if (bSawA) return b;
  const [loses, wins] = [a, b].toSorted(
    (x, y) => byDay(x, y) || changeCount(x) - changeCount(y) || byText(x, y),
  ) as [KeptAnswer, KeptAnswer];
  return withOthers(wins, [...(a.others ?? []), ...(b.others ?? []), loses.answer], a, b);
}

/** All that the other one knows of is known to this one too. */
const saw = (one: KeptAnswer, other: KeptAnswer): boolean =>
  Object.entries(other.changes).every(([sitting, n]) => (one.changes[sitting] ?? 0) >= n);

function withOthers(
  { answer, on }: KeptAnswer,
  all: readonly Answer[],
  a: KeptAnswer,
  b: KeptAnswer,
): KeptAnswer {
  const byCanonical = new Map(all.map((one) => [canonical(one), one]));
  byCanonical.delete(canonical(answer));
  const others = [...byCanonical].toSorted(([x], [y]) => (x < y ? -1 : 1)).map(([, one]) => one);
  const changes = { ...a.changes };
  for (const [sitting, n] of Object.entries(b.changes))
    changes[sitting] = Math.max(n, changes[sitting] ?? 0);
  return { answer, on, changes, ...(others.length > 0 && { others }) };
}

const changeCount = ({ changes }: KeptAnswer): number =>
  Object.values(changes).reduce((sum, n) => sum + n, 0);

const byDay = (a: KeptAnswer, b: KeptAnswer): number => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0);

const byText = (a: KeptAnswer, b: KeptAnswer): number => {
  const [x, y] = [canonical(a.answer), canonical(b.answer)];
  return x < y ? -1 : x > y ? 1 : 0;
};

/** Later day, then more changes, then anything that is the same on every device. */
const weightOf = (filling: Filling): readonly [string, number, string] => [
  filling.changedOn,
  Object.values(filling.answers).reduce((sum, kept) => sum + changeCount(kept), 0),
  canonical(filling),
];

const isBefore = (
  [day, count, text]: readonly [string, number, string],
  [otherDay, otherCount, otherText]: readonly [string, number, string],
): boolean =>
  day !== otherDay ? day < otherDay : count !== otherCount ? count < otherCount : text < otherText;

/** The same text for the same content, whatever order its keys were written in. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const parts = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`);
  return `{${parts.join()}}`;
}
