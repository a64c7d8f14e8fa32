/** What stands above a text of Learn: what it is, whom it speaks to, what to try next, and where its claims come from. */
import * as v from "valibot";
import { pathIdSchema } from "#library/path.ts";
import { daySchema, idSchema, linkSchema, proseSchema, versionSchema } from "#library/prose.ts";

/** The folders of content/learn, each with texts of one kind. */
export const SHELVES = ["programmes", "topics", "lessons", "evidence", "roles"] as const;
export type Shelf = (typeof SHELVES)[number];

export const STAGES = ["student", "resident", "attending", "leader", "near-retirement"] as const;

const stageSchema = v.picklist(STAGES);

/** Names content as links and `next` do: by folder and file, without the ending. */
export const CONTENT_NAME =
  /^(?:exercises|paths|learn\/(?:programmes|topics|lessons|evidence|roles))\/[a-z0-9]+(?:-[a-z0-9]+)*$/;
const contentNameSchema = v.pipe(
  v.string(),
  v.regex(CONTENT_NAME, "names no content, as learn/topics/saying-no does"),
);

const someProse = (least: number, most: number) =>
  v.pipe(v.array(proseSchema), v.minLength(least), v.maxLength(most));
const yearSchema = v.pipe(v.number(), v.integer(), v.minValue(1950), v.maxValue(2100));
const peopleSchema = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1)));
const seenSchema = v.picklist(["source", "memory"]);

const sourceSchema = v.strictObject({
  says: proseSchema,
  limits: proseSchema,
  study: proseSchema,
  year: yearSchema,
  n: peopleSchema,
  url: v.exactOptional(linkSchema),
  seen: seenSchema,
  checked_on: daySchema,
});

const common = {
  id: idSchema,
  version: versionSchema,
  /** BCP 47. */
  language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "not a language tag")),
  title: proseSchema,
  inOneLine: proseSchema,
  tags: v.pipe(v.array(idSchema), v.maxLength(8)),
  stages: v.exactOptional(v.pipe(v.array(stageSchema), v.minLength(1))),
  next: v.pipe(v.array(contentNameSchema), v.minLength(1), v.maxLength(4)),
  /** SPDX identifier of the text's licence. */
  licence: v.pipe(v.string(), v.regex(/^[A-Za-z0-9.+-]+$/, "not an SPDX identifier")),
};
const sources = { sources: v.exactOptional(v.pipe(v.array(sourceSchema), v.maxLength(8))) };

const weekSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(52));

const programmeSchema = v.strictObject({
  kind: v.literal("programme"),
  ...common,
  ...sources,
  path: pathIdSchema,
  stage: stageSchema,
  weeks: v.pipe(
    v.strictObject({ from: weekSchema, to: weekSchema }),
    v.check(({ from, to }) => from <= to, "ends before it begins"),
  ),
  /** In the order in which they help. */
  exercises: v.pipe(
    v.array(v.strictObject({ exercise: idSchema, why: proseSchema })),
    v.minLength(5),
    v.maxLength(9),
  ),
});
export type Programme = v.InferOutput<typeof programmeSchema>;

const topicSchema = v.strictObject({ kind: v.literal("topic"), ...common, ...sources });
const lessonSchema = v.strictObject({ kind: v.literal("lesson"), ...common, ...sources });

const evidenceCardSchema = v.strictObject({
  kind: v.literal("evidence-card"),
  ...common,
  study: proseSchema,
  year: yearSchema,
  n: peopleSchema,
  design: proseSchema,
  dose: proseSchema,
  effect: someProse(1, 8),
  limits: someProse(1, 8),
  url: v.exactOptional(linkSchema),
  seen: seenSchema,
  checked_on: daySchema,
});
export type EvidenceCard = v.InferOutput<typeof evidenceCardSchema>;

const roleSchema = v.strictObject({
  kind: v.literal("role"),
  ...common,
  ...sources,
  prerequisites: someProse(1, 8),
  timeToFirstIncome: proseSchema,
  /** Null where we found no figure worth repeating. */
  pay: v.nullable(
    v.strictObject({
      range: proseSchema,
      source: proseSchema,
      year: yearSchema,
      seen: seenSchema,
      checked_on: daySchema,
    }),
  ),
  remote: proseSchema,
  reversibility: proseSchema,
  smallTest: proseSchema,
  warnings: someProse(1, 6),
});
export type Role = v.InferOutput<typeof roleSchema>;

export const frontMatterSchema = v.variant("kind", [
  programmeSchema,
  topicSchema,
  lessonSchema,
  evidenceCardSchema,
  roleSchema,
]);
export type FrontMatter = v.InferOutput<typeof frontMatterSchema>;
export type Source = v.InferOutput<typeof sourceSchema>;

export const kindByShelf = {
  programmes: "programme",
  topics: "topic",
  lessons: "lesson",
  evidence: "evidence-card",
  roles: "role",
} as const satisfies Record<Shelf, FrontMatter["kind"]>;
