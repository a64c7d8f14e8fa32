/**
 * The fixed lists that cards and preferences choose from: `content/specialties.yaml`, `lived-experiences.yaml`,
 * `coaching-styles.yaml` and `languages.yaml`. Fixed, because free words could neither be compared nor counted.
 */
import * as v from "valibot";
import type { Result } from "#platform/result.ts";
import { ok, refuse } from "#platform/result.ts";
import { textField } from "#platform/wire.ts";
import { languageField, tagField } from "./coach.ts";
import type { Coach } from "./coach.ts";

const termSchema = v.strictObject({
  id: tagField,
  name: textField(80),
  /** What else people call it, so that a search finds it. */
  includes: v.exactOptional(v.array(textField(60))),
});
export type Term = v.InferOutput<typeof termSchema>;

const termsSchema = (kind: string, most: number) =>
  v.strictObject({
    kind: v.literal(kind),
    version: v.pipe(v.number(), v.integer(), v.minValue(1)),
    terms: v.pipe(
      v.array(termSchema),
      v.minLength(1),
      v.maxLength(most),
      v.check(isWithoutRepeats, "an id stands twice"),
    ),
  });

const languagesSchema = v.strictObject({
  kind: v.literal("languages"),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  languages: v.pipe(
    v.array(v.strictObject({ id: languageField, name: textField(60), own: textField(60) })),
    v.minLength(1),
    v.maxLength(200),
    v.check(isWithoutRepeats, "an id stands twice"),
  ),
});
type Language = v.InferOutput<typeof languagesSchema>["languages"][number];

const vocabularySchema = v.strictObject({
  /** More than twelve families would make a directory in which one cardiologist stands out. */
  specialties: termsSchema("specialties", 12),
  livedExperiences: termsSchema("lived-experiences", 60),
  styles: termsSchema("coaching-styles", 20),
  languages: languagesSchema,
});

export interface Vocabulary {
  readonly specialties: readonly Term[];
  readonly livedExperiences: readonly Term[];
  readonly styles: readonly Term[];
  readonly languages: readonly Language[];
}

export interface VocabularyRefusal {
  readonly type: "VocabularyMalformed";
  /** `at` begins with the list at fault. */
  readonly faults: readonly {
    readonly at: readonly (string | number)[];
    readonly message: string;
  }[];
}

/** `files`: the four files as parsed YAML. */
export function readVocabulary(
  files: Readonly<Record<keyof Vocabulary, unknown>>,
): Result<Vocabulary, VocabularyRefusal> {
  const parsed = v.safeParse(vocabularySchema, files);
  if (!parsed.success) {
    const faults = parsed.issues.map((issue) => ({
      at: (issue.path ?? []).map((step) => step.key as string | number),
      message: issue.message,
    }));
    return refuse({ type: "VocabularyMalformed", faults });
  }
  const { specialties, livedExperiences, styles, languages } = parsed.output;
  return ok({
    specialties: specialties.terms,
    livedExperiences: livedExperiences.terms,
    styles: styles.terms,
    languages: languages.languages,
  });
}

/** Ids on a card that stand in no list. A language may name a region that the list does not. */
export function unknownTerms(
  card: Pick<Coach, "specialty" | "livedExperiences" | "styles" | "languages">,
  vocabulary: Vocabulary,
): string[] {
  const among = (terms: readonly { readonly id: string }[]) => new Set(terms.map(({ id }) => id));
  const [specialties, lived] = [among(vocabulary.specialties), among(vocabulary.livedExperiences)];
  const [styles, languages] = [among(vocabulary.styles), among(vocabulary.languages)];
  return [
    ...(card.specialty === null || specialties.has(card.specialty) ? [] : [card.specialty]),
    ...card.livedExperiences.filter((id) => !lived.has(id)),
    ...card.styles.filter((id) => !styles.has(id)),
    ...card.languages.filter((id) => !languages.has(id.split("-", 1)[0]!)),
  ];
}

function isWithoutRepeats<Entry extends { readonly id: string }>(entries: Entry[]): boolean {
  return new Set(entries.map(({ id }) => id)).size === entries.length;
}
