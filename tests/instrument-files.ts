/** FHIR files for tests: made from what a scorer asks for, with wording that means nothing. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fitScorer, type Instrument } from "#reflect/instrument/instrument.ts";
import { readForm } from "#reflect/instrument/form-reading.ts";
import type { Answer } from "#reflect/instrument/form.ts";
import type { InstrumentAnswers } from "#reflect/instrument/instrument-score.ts";
import type { Scorer } from "#reflect/instrument/scorer.ts";

const ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue";

/** Structurally a LOINC panel; `phq-9` or `gad-7`. */
export const fixture = (name: string): string =>
  readFileSync(
    join(import.meta.dirname, `../src/reflect/instrument/fixtures/${name}.json`),
    "utf8",
  );

export interface FileItem {
  linkId: string;
  type: string;
  [field: string]: unknown;
}

export interface FileOfScorer {
  item: FileItem[];
  [field: string]: unknown;
}

/** A file that the scorer takes, with an ordinal at each answer. */
export const fileOf = (scorer: Scorer): FileOfScorer => ({
  resourceType: "Questionnaire",
  url: `callroom:${scorer.id}`,
  version: "1",
  title: `Neutral items for ${scorer.id}`,
  status: "active",
  item: scorer.items.map((item, index) => ({
    linkId: item.id,
    type: "choice",
    text: `Neutral statement ${index + 1}`,
    code: [{ system: "callroom:item", code: `${scorer.id}.${item.id}` }],
    answerOption: item.values.map((value) => ({
      extension: [{ url: ORDINAL, valueDecimal: value }],
      valueCoding: { code: `v${value}`, display: `Worth ${value}` },
    })),
  })),
});

export function instrumentOf(scorer: Scorer): Instrument {
  const form = readForm(JSON.stringify(fileOf(scorer)));
  // Not by its name: teams' scorers are tested too, though no file of theirs is ever added.
  const fitted = form.ok ? fitScorer(form.value, scorer) : form;
  if (!fitted.ok) throw new Error(`${scorer.id}: ${JSON.stringify(fitted.refusal)}`);
  return fitted.value;
}

/** Values in the order of the scorer's items; null is skipped, undefined was not met. */
export const answersOf = (
  scorer: Scorer,
  values: readonly (number | null | undefined)[],
): InstrumentAnswers =>
  Object.fromEntries(
    scorer.items.flatMap(({ id }, index): [string, Answer | null][] => {
      const value = values[index];
      return value === undefined ? [] : [[id, value === null ? null : `v${value}`]];
    }),
  );
