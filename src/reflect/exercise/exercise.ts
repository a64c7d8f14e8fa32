/** An exercise as content: what it is for, its steps in order, and what may come after. */
import * as v from "valibot";
import { evidenceSchema, idSchema, proseSchema, versionSchema } from "#library/prose.ts";
import { countSchema } from "./step-fields.ts";
import { cardsStepSchema } from "./steps/cards/step.ts";
import { choiceStepSchema } from "./steps/choice/step.ts";
import { frequencyStepSchema } from "./steps/frequency/step.ts";
import { listStepSchema } from "./steps/list/step.ts";
import { mapStepSchema } from "./steps/map/step.ts";
import { matrixStepSchema } from "./steps/matrix/step.ts";
import { pairsStepSchema } from "./steps/pairs/step.ts";
import { promoteStepSchema } from "./steps/promote/step.ts";
import { proseStepSchema } from "./steps/prose/step.ts";
import { rankingStepSchema } from "./steps/ranking/step.ts";
import { reviewStepSchema } from "./steps/review/step.ts";
import { scaleStepSchema } from "./steps/scale/step.ts";
import { sorterStepSchema } from "./steps/sorter/step.ts";
import { timedStepSchema } from "./steps/timed/step.ts";
import { wordsStepSchema } from "./steps/words/step.ts";

const stepSchema = v.variant("kind", [
  proseStepSchema,
  choiceStepSchema,
  scaleStepSchema,
  frequencyStepSchema,
  listStepSchema,
  pairsStepSchema,
  cardsStepSchema,
  rankingStepSchema,
  matrixStepSchema,
  sorterStepSchema,
  timedStepSchema,
  wordsStepSchema,
  mapStepSchema,
  reviewStepSchema,
  promoteStepSchema,
]);
export type Step = v.InferOutput<typeof stepSchema>;

/** Where an exercise stands in the Reflect room. */
export const SHELVES = [
  "state",
  "meaning",
  "patients",
  "practice",
  "kindness",
  "calm",
  "direction",
  "safety",
] as const;

export const exerciseSchema = v.strictObject({
  kind: v.literal("exercise"),
  id: idSchema,
  version: versionSchema,
  /** BCP 47. A translation lies beside it as `<id>.<language>.yaml`, with the same steps. */
  language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "not a language tag")),
  title: proseSchema,
  inOneLine: proseSchema,
  shelf: v.picklist(SHELVES),
  minutes: v.strictObject({ from: countSchema(60), to: countSchema(90) }),
  /** How often it is worth doing; nobody is reminded because of it. */
  rhythm: v.picklist(["once", "daily", "weekly", "monthly", "now-and-then"]),
  tags: v.pipe(v.array(idSchema), v.maxLength(8)),
  /** What it is for and how it goes, before the first step. */
  about: v.pipe(v.array(proseSchema), v.minLength(1), v.maxLength(5)),
  /** When to leave it. */
  stop: v.exactOptional(proseSchema),
  steps: v.pipe(v.array(stepSchema), v.minLength(1), v.maxLength(30)),
  after: v.strictObject({
    says: v.pipe(v.array(proseSchema), v.minLength(1), v.maxLength(4)),
    /** Names of other content: `exercises/energy-map`, `learn/topics/saying-no`, `paths/burnout`. */
    next: v.exactOptional(
      v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z0-9/-]+$/))), v.maxLength(4)),
    ),
  }),
  /** The crisis lines stand at its head: for exercises that touch what is darkest. */
  crisis: v.exactOptional(v.boolean()),
  evidence: v.exactOptional(v.array(evidenceSchema)),
  /** SPDX identifier of the text's licence. */
  licence: v.pipe(v.string(), v.regex(/^[A-Za-z0-9.+-]+$/, "not an SPDX identifier")),
});
export type Exercise = v.InferOutput<typeof exerciseSchema>;
