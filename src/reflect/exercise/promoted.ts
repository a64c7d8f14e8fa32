/**
 * What was taken on from an exercise: a trial or a step for Plan, or an idea that lies apart until its day. Each
 * is a record of its own, so that it can be let go of without touching what was written.
 */
import { isRecord } from "#platform/record.ts";
import type { PromoteStep } from "./steps/promote/step.ts";

export interface Promoted {
  readonly text: string;
  readonly to: PromoteStep["to"];
  /** ISO day on which it was taken on. */
  readonly on: string;
  /** ISO day from which an idea is shown again; null for what is not an idea. */
  readonly again: string | null;
  readonly from: { readonly exercise: string; readonly filling: string; readonly step: string };
}

export interface KeptPromoted extends Promoted {
  readonly id: string;
}

/** What has to be written and removed, so that what is kept follows an answer that went from one to the other. */
export function promotedChanges(
  step: PromoteStep,
  from: { readonly before: readonly string[]; readonly after: readonly string[] },
  filling: { readonly id: string; readonly exercise: string },
  kept: readonly KeptPromoted[],
  today: string,
): { readonly write: readonly Promoted[]; readonly remove: readonly string[] } {
  const own = kept.filter((one) => one.from.filling === filling.id && one.from.step === step.id);
  const known = new Set(own.map(({ text }) => text));
  const gone = from.before.filter((text) => !from.after.includes(text));
  return {
    write: from.after
      .filter((text) => !from.before.includes(text) && !known.has(text))
      .map((text) => ({
        text,
        to: step.to,
        on: today,
        again: step.againInDays === undefined ? null : dayAfter(today, step.againInDays),
        from: { exercise: filling.exercise, filling: filling.id, step: step.id },
      })),
    remove: own.filter(({ text }) => gone.includes(text)).map(({ id }) => id),
  };
}

/** Ideas whose day has come, the oldest first. */
export const ideasDue = (kept: readonly KeptPromoted[], today: string): readonly KeptPromoted[] =>
  kept
    .filter(({ to, again }) => to === "ideas" && again !== null && again <= today)
    .toSorted((a, b) =>
      a.again! < b.again! ? -1 : a.again! > b.again! ? 1 : a.id < b.id ? -1 : 1,
    );

const LATER_DAYS = 30;

/** Put by once more. */
export const asLater = (idea: Promoted, today: string): Promoted => ({
  ...idea,
  again: dayAfter(today, LATER_DAYS),
});

export const asExperiment = (idea: Promoted, today: string): Promoted => ({
  ...idea,
  to: "experiment",
  on: today,
  again: null,
});

export function readPromoted(raw: unknown): Promoted | null {
  if (!isRecord(raw) || !isRecord(raw["from"])) return null;
  const { text, to, on, again, from } = raw;
  const isTo = to === "experiment" || to === "step" || to === "ideas";
  const { exercise, filling, step } = from as Record<string, unknown>;
  if (typeof text !== "string" || !isTo || typeof on !== "string") return null;
  if (typeof exercise !== "string" || typeof filling !== "string" || typeof step !== "string")
    return null;
  return {
    text,
    to,
    on,
    again: typeof again === "string" ? again : null,
    from: { exercise, filling, step },
  };
}

const dayAfter = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).add({ days }).toString();
