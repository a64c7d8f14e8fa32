/**
 * The part of FHIR R4's Questionnaire (hl7.org/fhir/R4/questionnaire.html) that Callroom reads. Fields that change
 * nothing of what is asked are named and passed over; any other field is refused, as it might change it.
 */
import * as v from "valibot";
import { textField } from "#platform/wire.ts";

const text = (most: number) =>
  v.pipe(
    v.string(),
    v.transform((typed) => typed.replaceAll("\r\n", "\n")),
    textField(most),
  );
const uri = v.pipe(v.string(), v.maxLength(400), v.regex(/^\S+$/));
const code = v.pipe(v.string(), v.maxLength(200), v.regex(/^\S+( \S+)*$/));
const passedOver = v.exactOptional(v.unknown());
const number = v.pipe(v.number(), v.finite());

const extension = v.looseObject({ url: uri });
const extensions = v.exactOptional(v.array(extension));
export type FhirExtension = v.InferOutput<typeof extension>;

const coding = v.strictObject({
  system: v.exactOptional(uri),
  version: passedOver,
  code,
  display: v.exactOptional(text(500)),
  userSelected: passedOver,
  id: passedOver,
  extension: extensions,
});

const option = v.strictObject({
  id: passedOver,
  extension: extensions,
  valueCoding: v.exactOptional(coding),
  valueInteger: v.exactOptional(v.pipe(number, v.integer())),
  initialSelected: passedOver,
});
export type FhirOption = v.InferOutput<typeof option>;

const condition = v.strictObject({
  id: passedOver,
  extension: extensions,
  question: v.string(),
  operator: v.picklist(["exists", "=", "!=", ">", "<", ">=", "<="]),
  answerBoolean: v.exactOptional(v.boolean()),
  answerInteger: v.exactOptional(v.pipe(number, v.integer())),
  answerCoding: v.exactOptional(coding),
});
export type FhirCondition = v.InferOutput<typeof condition>;

const itemFields = {
  id: passedOver,
  extension: extensions,
  linkId: v.pipe(v.string(), v.maxLength(255), v.regex(/^[\x21-\x7e]+$/)),
  definition: passedOver,
  code: v.exactOptional(v.pipe(v.array(coding), v.maxLength(20))),
  prefix: v.exactOptional(text(20)),
  text: v.exactOptional(text(4000)),
  type: v.string(),
  enableWhen: v.exactOptional(v.pipe(v.array(condition), v.minLength(1), v.maxLength(20))),
  enableBehavior: v.exactOptional(v.picklist(["all", "any"])),
  required: v.exactOptional(v.boolean()),
  repeats: v.exactOptional(v.boolean()),
  readOnly: v.exactOptional(v.boolean()),
  maxLength: passedOver,
  answerValueSet: passedOver,
  answerOption: v.exactOptional(v.pipe(v.array(option), v.maxLength(40))),
  initial: passedOver,
} as const;
const fields = v.strictObject(itemFields);

export interface FhirItem extends v.InferOutput<typeof fields> {
  readonly item?: FhirItem[];
}

const item: v.GenericSchema<unknown, FhirItem> = v.strictObject({
  ...itemFields,
  item: v.exactOptional(v.array(v.lazy(() => item))),
});

const identifier = v.looseObject({
  system: v.exactOptional(uri),
  value: v.exactOptional(code),
});

export const fhirQuestionnaire = v.strictObject({
  resourceType: v.literal("Questionnaire"),
  id: passedOver,
  meta: passedOver,
  implicitRules: v.exactOptional(v.never()),
  language: v.exactOptional(v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/))),
  // The narrative is HTML. It is never read.
  text: passedOver,
  extension: extensions,
  url: v.exactOptional(uri),
  identifier: v.exactOptional(v.pipe(v.array(identifier), v.maxLength(20))),
  version: v.exactOptional(v.pipe(v.string(), v.maxLength(60), v.regex(/^\S+$/))),
  name: passedOver,
  title: text(200),
  derivedFrom: passedOver,
  status: v.picklist(["draft", "active", "retired", "unknown"]),
  experimental: passedOver,
  subjectType: passedOver,
  date: passedOver,
  publisher: v.exactOptional(text(300)),
  contact: passedOver,
  description: passedOver,
  useContext: passedOver,
  jurisdiction: passedOver,
  purpose: passedOver,
  copyright: v.exactOptional(text(10_000)),
  approvalDate: passedOver,
  lastReviewDate: passedOver,
  effectivePeriod: passedOver,
  code: v.exactOptional(v.pipe(v.array(coding), v.maxLength(20))),
  item: v.pipe(v.array(item), v.minLength(1)),
});
export type FhirQuestionnaire = v.InferOutput<typeof fhirQuestionnaire>;

/** Extensions that are read, by what they are for. */
export const EXTENSIONS = {
  ordinal: "http://hl7.org/fhir/StructureDefinition/ordinalValue",
  min: "http://hl7.org/fhir/StructureDefinition/minValue",
  max: "http://hl7.org/fhir/StructureDefinition/maxValue",
  hidden: "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden",
  calculated:
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
  enableWhen:
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression",
} as const;
