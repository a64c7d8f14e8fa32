/** A level for each place: where in the body it sits, or what each thing in a week gives and takes. */
import * as v from "valibot";
import { proseSchema } from "#library/prose.ts";
import { pointerSchema } from "../../pointer.ts";
import { askFields, explainedSchema, namedSchema } from "../../step-fields.ts";
import type { StepRules } from "../../step-rules.ts";
import { followed } from "../carried.ts";
import { namedMarkdownLine } from "../markdown-list.ts";

/** Places that the drawing of a body has. */
export const BODY_PLACES = [
  "head",
  "eyes",
  "jaw",
  "neck",
  "shoulders",
  "chest",
  "belly",
  "back",
  "hands",
  "legs",
] as const;

export const mapStepSchema = v.pipe(
  v.strictObject({
    kind: v.literal("map"),
    ...askFields,
    /** `body`: places are some of BODY_PLACES. `energy`: bars that reach to both sides of a middle line. */
    picture: v.picklist(["body", "energy"]),
    places: v.exactOptional(v.pipe(v.array(explainedSchema), v.minLength(2), v.maxLength(20))),
    from: v.exactOptional(pointerSchema),
    /** From least to most; for `energy` from what takes most to what gives most. */
    levels: v.pipe(v.array(namedSchema), v.minLength(2), v.maxLength(5)),
    /** Label of a field for words beside each place. */
    note: v.exactOptional(proseSchema),
  }),
  v.check(
    (step) => (step.places === undefined) !== (step.from === undefined),
    "maps either `places` or what `from` points at",
  ),
  v.check(
    (step) =>
      step.picture !== "body" ||
      (step.places ?? []).every(({ id }) => (BODY_PLACES as readonly string[]).includes(id)),
    `a body has these places: ${BODY_PLACES.join(", ")}`,
  ),
);
export type MapStep = v.InferOutput<typeof mapStepSchema>;

const mapAnswerSchema = v.object({
  /** Only what was marked: the place's id or the text that was carried here, a level's id, words beside it. */
  marks: v.array(v.object({ place: v.string(), level: v.nullable(v.string()), note: v.string() })),
});
export type MapAnswer = v.InferOutput<typeof mapAnswerSchema>;

export interface MapPlace {
  /** The id of a place that is given, or the text of one that was carried here. */
  readonly key: string;
  readonly text: string;
  readonly says?: string | undefined;
  readonly level: string | null;
  readonly note: string;
}

/** Every place there is to mark, with its mark; what was marked and is no longer there comes last. */
export function placesOf(
  step: MapStep,
  answer: MapAnswer,
  carried: readonly string[],
): readonly MapPlace[] {
  const given =
    step.places?.map(({ id, text, says }) => ({ key: id, text, says })) ??
    [...new Set(carried)].map((text) => ({ key: text, text }));
  const keys = new Set(given.map(({ key }) => key));
  const left = answer.marks.filter(({ place }) => !keys.has(place));
  return [...given, ...left.map(({ place }) => ({ key: place, text: place }))].map((each) => {
    const mark = answer.marks.find(({ place }) => place === each.key);
    return { ...each, level: mark?.level ?? null, note: mark?.note ?? "" };
  });
}

/** A level's id, or null to take the mark away. */
export const withLevel = (answer: MapAnswer, place: string, level: string | null): MapAnswer =>
  withMark(answer, place, { level });

export const withNote = (answer: MapAnswer, place: string, note: string): MapAnswer =>
  withMark(answer, place, { note });

/** How far a level reaches to one side of the middle, -1 to 1: the first of them takes most, the last gives most. */
export function reachOf(step: MapStep, level: string | null): number {
  const at = step.levels.findIndex(({ id }) => id === level);
  return at === -1 ? 0 : (2 * at) / (step.levels.length - 1) - 1;
}

export const mapRules: StepRules<MapStep, MapAnswer> = {
  needsCarried: true,
  empty: () => ({ marks: [] }),
  read: (step, raw, carried) => {
    const parsed = v.safeParse(mapAnswerSchema, raw);
    if (!parsed.success) return null;
    const levels = step.levels.map(({ id }) => id);
    const held = parsed.output.marks.map((mark) => ({
      ...mark,
      level: levels.includes(mark.level ?? "") ? mark.level : null,
    }));
    const marks = stillThere(step, held, carried).filter(isMark);
    return { marks: [...new Map(marks.map((mark) => [mark.place, mark])).values()] };
  },
  isAnswered: (_, { marks }) => marks.some(isMark),
  entries: (step, { marks }, part) =>
    marks
      .filter(({ level }) => (part === undefined ? level !== null : level === part))
      .map(({ place }) => textOf(step, place)),
  parts: (step) => step.levels.map(({ id }) => id),
  typed: (_, { marks }) => marks.flatMap(({ note }) => (note.trim() === "" ? [] : [note])),
  toMarkdown: (step, { marks }) =>
    marks
      .filter(isMark)
      .map((mark) => markdownOf(step, mark))
      .join("\n"),
};

type Mark = MapAnswer["marks"][number];

function withMark(answer: MapAnswer, place: string, change: Partial<Mark>): MapAnswer {
  const held = answer.marks.find((mark) => mark.place === place);
  const mark = { place, level: null, note: "", ...held, ...change };
  if (held === undefined) return { marks: [...answer.marks, mark] };
  return { marks: answer.marks.map((each) => (each === held ? mark : each)).filter(isMark) };
}

const isMark = ({ level, note }: Mark): boolean => level !== null || note !== "";

/** What was carried here stays while the step before has it, or while words stand beside it. */
function stillThere(step: MapStep, held: readonly Mark[], carried: readonly string[]): Mark[] {
  const places = step.places?.map(({ id }) => id);
  const now = followed(
    held.map(({ place }) => place),
    carried,
  );
  return held.flatMap((mark) => {
    const place = places === undefined ? (now.get(mark.place) ?? null) : mark.place;
    if (place !== null && (places === undefined || places.includes(place)))
      return [{ ...mark, place }];
    return mark.note.trim() === "" ? [] : [mark];
  });
}

function markdownOf(step: MapStep, { place, level, note }: Mark): string {
  const said = [step.levels.find(({ id }) => id === level)?.text, note.trim()].filter(Boolean);
  return namedMarkdownLine(textOf(step, place), said.join(". "));
}

const textOf = (step: MapStep, place: string): string =>
  step.places?.find(({ id }) => id === place)?.text ?? place;
