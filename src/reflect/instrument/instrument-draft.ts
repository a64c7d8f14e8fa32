/** A filling that was begun, as it comes back from the device: perhaps the community's file has changed since. */
import type { Instrument } from "./instrument.ts";
import { askedAfter, type InstrumentAnswers } from "./instrument-score.ts";
import type { Answer } from "./form.ts";

/** Answers that still fit; others are dropped. */
export function answersFrom(instrument: Instrument, kept: unknown): InstrumentAnswers {
  if (typeof kept !== "object" || kept === null || Array.isArray(kept)) return {};
  const fitting = Object.entries(kept).filter(([linkId, answer]) => {
    const asked = instrument.askedByLinkId.get(linkId);
    return asked !== undefined && asked.pointsByAnswer.has(answer as Answer);
  });
  return Object.fromEntries(fitting as [string, Answer][]);
}

/** How many of what is asked now has an answer. */
export function progressOf(
  instrument: Instrument,
  answers: InstrumentAnswers,
): { readonly answered: number; readonly asked: number } {
  const asked = [...askedAfter(instrument, answers)];
  const answered = asked.filter(({ question }) => (answers[question.linkId] ?? null) !== null);
  return { answered: answered.length, asked: asked.length };
}
