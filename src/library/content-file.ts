/**
 * Every file in content/ is one of these kinds, read by one of these functions. What does not fit its
 * schema is refused with the place of each fault; nothing is guessed or filled in.
 */
import * as v from "valibot";
import { ok, refuse, type Result } from "#platform/result.ts";
import { agreementSchema, type Agreement } from "./agreement.ts";
import {
  checkInResultsSchema,
  checkInSchema,
  driversSchema,
  type CheckIn,
  type CheckInResults,
  type Drivers,
} from "./check-in.ts";
import {
  circleHoursSchema,
  circleNormsSchema,
  circleThemesSchema,
  type CircleHours,
  type CircleNorms,
  type CircleThemes,
} from "./circle-content.ts";
import { circleFacilitatingSchema, type CircleFacilitating } from "./circle-facilitating.ts";
import { circleScriptSchema, type CircleScript } from "./circle-script.ts";
import { coverageSchema, type Coverage } from "./coverage.ts";
import {
  labelledSchema,
  linesSchema,
  pointsSchema,
  signsSchema,
  type CrisisLines,
  type CrisisPoints,
  type CrisisSigns,
  type LabelledSentences,
} from "./crisis.ts";
import { forbiddenWordsSchema, type ForbiddenWords } from "./forbidden-words.ts";
import { letterSchema, type Letter } from "./letter.ts";
import { pathRulesSchema, pathSchema, type Path, type PathRules } from "./path.ts";

export interface ContentFault {
  /** Keys and list positions from the top of the file. */
  readonly at: readonly (string | number)[];
  readonly message: string;
}

export type ContentRefusal =
  | { readonly type: "UnknownKind" }
  | { readonly type: "Malformed"; readonly faults: readonly ContentFault[] };

type Read<Content> = (raw: unknown) => Result<Content, ContentRefusal>;

export const readCheckIn: Read<CheckIn> = (raw) => read(checkInSchema, raw);
export const readCheckInResults: Read<CheckInResults> = (raw) => read(checkInResultsSchema, raw);
export const readDrivers: Read<Drivers> = (raw) => read(driversSchema, raw);
export const readSigns: Read<CrisisSigns> = (raw) => read(signsSchema, raw);
export const readPoints: Read<CrisisPoints> = (raw) => read(pointsSchema, raw);
export const readLines: Read<CrisisLines> = (raw) => read(linesSchema, raw);
export const readLabelled: Read<LabelledSentences> = (raw) => read(labelledSchema, raw);
const readPath: Read<Path> = (raw) => read(pathSchema, raw);
export const readPathRules: Read<PathRules> = (raw) => read(pathRulesSchema, raw);
const readAgreement: Read<Agreement> = (raw) => read(agreementSchema, raw);
const readLetter: Read<Letter> = (raw) => read(letterSchema, raw);
export const readForbiddenWords: Read<ForbiddenWords> = (raw) => read(forbiddenWordsSchema, raw);
const readCoverage: Read<Coverage> = (raw) => read(coverageSchema, raw);
const readCircleThemes: Read<CircleThemes> = (raw) => read(circleThemesSchema, raw);
const readCircleHours: Read<CircleHours> = (raw) => read(circleHoursSchema, raw);
const readCircleNorms: Read<CircleNorms> = (raw) => read(circleNormsSchema, raw);
const readCircleFacilitating: Read<CircleFacilitating> = (raw) =>
  read(circleFacilitatingSchema, raw);
const readCircleScript: Read<CircleScript> = (raw) => read(circleScriptSchema, raw);

const readByKind = {
  "check-in": readCheckIn,
  "check-in-results": readCheckInResults,
  drivers: readDrivers,
  "crisis-signs": readSigns,
  "crisis-points": readPoints,
  "crisis-lines": readLines,
  "crisis-labelled": readLabelled,
  path: readPath,
  "path-rules": readPathRules,
  agreement: readAgreement,
  letter: readLetter,
  "words-not-to-use": readForbiddenWords,
  coverage: readCoverage,
  "circle-themes": readCircleThemes,
  "circle-hours": readCircleHours,
  "circle-norms": readCircleNorms,
  "circle-facilitating": readCircleFacilitating,
  "circle-script": readCircleScript,
} satisfies Record<string, Read<{ kind: string }>>;

export type Content =
  | CheckIn
  | CheckInResults
  | Drivers
  | CrisisSigns
  | CrisisPoints
  | CrisisLines
  | LabelledSentences
  | Path
  | PathRules
  | Agreement
  | Letter
  | ForbiddenWords
  | Coverage
  | CircleThemes
  | CircleHours
  | CircleNorms
  | CircleFacilitating
  | CircleScript;

/** Reads a file of any kind by the `kind` it says it is. */
export function readContent(raw: unknown): Result<Content, ContentRefusal> {
  const kind = v.safeParse(v.object({ kind: v.string() }), raw);
  if (!kind.success || !isKind(kind.output.kind)) return refuse({ type: "UnknownKind" });
  return readByKind[kind.output.kind](raw);
}

const isKind = (kind: string): kind is keyof typeof readByKind => Object.hasOwn(readByKind, kind);

function read<Schema extends v.GenericSchema>(
  schema: Schema,
  raw: unknown,
): Result<v.InferOutput<Schema>, ContentRefusal> {
  const parsed = v.safeParse(schema, raw);
  if (parsed.success) return ok(parsed.output);
  return refuse({
    type: "Malformed",
    faults: parsed.issues.map((issue) => ({
      at: (issue.path ?? []).map((step) => step.key as string | number),
      message: issue.message,
    })),
  });
}
