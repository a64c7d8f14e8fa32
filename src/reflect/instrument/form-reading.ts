/**
 * Reads a FHIR R4 Questionnaire into a form, or says with its place what can't be shown. Nothing in the file is
 * ever run, fetched or taken for HTML.
 */
import * as v from "valibot";
import { ok, refuse, type Result } from "#platform/result.ts";
import { readBoundedJson } from "./bounded-json.ts";
import {
  EXTENSIONS,
  fhirQuestionnaire,
  type FhirExtension,
  type FhirItem,
  type FhirOption,
  type FhirQuestionnaire,
} from "./fhir.ts";
import { codingToName, type Coding, type Form, type FormItem, type FormOption } from "./form.ts";
import { readEnabling, type SeenQuestions } from "./form-conditions.ts";
import { fault, THE_FILE, type FaultType, type FormFault } from "./form-fault.ts";
import { isTotal } from "./totals.ts";

const MOST_ITEMS = 200;
const MOST_VALUES = 101;

export function readForm(text: string): Result<Form, readonly FormFault[]> {
  const json = readBoundedJson(text);
  if (!json.ok) return refuse([json.refusal]);
  const raw = json.value;
  if ((raw as { resourceType?: unknown } | null)?.resourceType !== "Questionnaire")
    return refuse([fault("NotQuestionnaire")]);
  const parsed = v.safeParse(fhirQuestionnaire, raw);
  if (!parsed.success)
    return refuse(parsed.issues.slice(0, 20).map((issue) => issueToFault(issue)));
  return formOf(parsed.output);
}

function formOf(file: FhirQuestionnaire): Result<Form, readonly FormFault[]> {
  const reading: Reading = { faults: [], seen: new Map(), linkIds: new Set() };
  const items = readItems(file.item, reading, "");
  if (reading.linkIds.size > MOST_ITEMS)
    reading.faults.push(fault("TooMany", THE_FILE, `items (${MOST_ITEMS} at most)`));
  if (reading.faults.length > 0) return refuse(reading.faults.slice(0, 20));
  return ok({
    title: file.title,
    url: file.url ?? null,
    version: file.version ?? null,
    language: file.language ?? null,
    publisher: file.publisher ?? null,
    copyright: file.copyright ?? null,
    names: namesOf(file),
    items,
  });
}

const namesOf = (file: FhirQuestionnaire): string[] => [
  ...(file.url === undefined ? [] : [file.url.split("|")[0]!]),
  ...(file.code ?? []).map((each) => codingToName(codingOf(each))),
  ...(file.identifier ?? []).flatMap(({ system, value }) =>
    value === undefined ? [] : [codingToName({ system: system ?? null, code: value }), value],
  ),
];

interface Reading {
  readonly faults: FormFault[];
  /** Questions that were read so far: what comes later may wait for them. */
  readonly seen: SeenQuestions;
  readonly linkIds: Set<string>;
}

function readItems(items: readonly FhirItem[], reading: Reading, within: string): FormItem[] {
  return items.flatMap((item, index) => {
    const place = `Item ${within}${index + 1} (${item.linkId})`;
    const read = readItem(item, reading, place, `${within}${index + 1}.`);
    return read === null ? [] : [read];
  });
}

function readItem(
  item: FhirItem,
  reading: Reading,
  place: string,
  within: string,
): FormItem | null {
  const wrong = (type: FaultType, what = "") => {
    reading.faults.push(fault(type, place, what));
    return null;
  };
  if (reading.linkIds.has(item.linkId)) return wrong("LinkIdTwice", item.linkId);
  reading.linkIds.add(item.linkId);
  // A total, whether the file would count it by an expression or somebody write it in: the scorer counts it.
  const isCounted = item.readOnly === true || has(item.extension, EXTENSIONS.calculated);
  if (isCounted || isTotal(item.code ?? [])) return null;
  if (has(item.extension, EXTENSIONS.enableWhen)) return wrong("Expression");
  if (extensionIn(item.extension, EXTENSIONS.hidden)?.["valueBoolean"] === true)
    return wrong("Hidden");
  const enabling = readEnabling(item, place, reading.seen);
  if (!enabling.ok) {
    reading.faults.push(enabling.refusal);
    return null;
  }
  const placed = {
    linkId: item.linkId,
    text: item.text ?? "",
    prefix: item.prefix ?? null,
    enabling: enabling.value,
  };
  if (item.type === "group") {
    if (!item.item?.length) return wrong("GroupEmpty");
    return { kind: "group", ...placed, items: readItems(item.item, reading, within) };
  }
  if (item.item !== undefined) return wrong("Nested");
  if (item.text === undefined) return wrong("FieldMissing", "text");
  if (item.type === "display") return { kind: "display", ...placed };
  const question = readQuestion(item, placed, wrong);
  if (question !== null) reading.seen.set(item.linkId, question);
  return question;
}

type Wrong = (type: FaultType, what?: string) => null;
type Placed = Pick<FormItem, "linkId" | "text" | "prefix" | "enabling">;

function readQuestion(item: FhirItem, placed: Placed, wrong: Wrong) {
  if (item.repeats === true) return wrong("Repeats");
  const asked = {
    ...placed,
    codes: (item.code ?? []).map(codingOf),
    required: item.required ?? false,
  };
  const hasOptions = (item.answerOption?.length ?? 0) > 0;
  switch (item.type) {
    case "boolean":
      return { kind: "boolean" as const, ...asked };
    case "choice":
      return readChoice(item, asked, wrong);
    case "integer": {
      if (hasOptions) return readChoice(item, asked, wrong);
      const min = extensionIn(item.extension, EXTENSIONS.min)?.["valueInteger"];
      const max = extensionIn(item.extension, EXTENSIONS.max)?.["valueInteger"];
      if (!isInteger(min) || !isInteger(max) || max <= min || max - min >= MOST_VALUES)
        return wrong("RangeMissing");
      return { kind: "integer" as const, ...asked, min, max };
    }
    default:
      return wrong("TypeUnknown", item.type);
  }
}

type AskedFields = Placed & { readonly codes: readonly Coding[]; readonly required: boolean };

function readChoice(item: FhirItem, asked: AskedFields, wrong: Wrong) {
  if (item.answerValueSet !== undefined) return wrong("ValueSet");
  const given = item.answerOption ?? [];
  if (given.length < 2) return wrong("OptionsMissing");
  const options = given.flatMap((option) => readOption(option) ?? []);
  const isMixed = new Set(options.map(({ coding }) => coding === null)).size !== 1;
  if (options.length < given.length || isMixed) return wrong("OptionsMixed");
  const answers = options.map(({ answer }) => answer);
  const twice = answers.find((answer, index) => answers.indexOf(answer) !== index);
  if (twice !== undefined) return wrong("OptionTwice", String(twice));
  return { kind: "choice" as const, ...asked, options };
}

function readOption({ valueCoding, valueInteger, extension }: FhirOption): FormOption | null {
  if ((valueCoding === undefined) === (valueInteger === undefined)) return null;
  // It is found at the option, and in files of other makers at its coding.
  const found =
    extensionIn(extension, EXTENSIONS.ordinal) ??
    extensionIn(valueCoding?.extension, EXTENSIONS.ordinal);
  const value = found?.["valueDecimal"];
  if (found !== undefined && typeof value !== "number") return null;
  const ordinal = typeof value === "number" ? value : null;
  if (valueInteger !== undefined)
    return {
      answer: valueInteger,
      text: String(valueInteger),
      coding: null,
      ordinal: ordinal ?? valueInteger,
    };
  const coding = codingOf(valueCoding!);
  if (coding.display === null) return null;
  return { answer: coding.code, text: coding.display, coding, ordinal };
}

const codingOf = (given: { system?: string; code: string; display?: string }): Coding => ({
  system: given.system ?? null,
  code: given.code,
  display: given.display ?? null,
});

const extensionIn = (extensions: readonly FhirExtension[] | undefined, url: string) =>
  extensions?.find((each) => each.url === url);
const has = (extensions: readonly FhirExtension[] | undefined, url: string): boolean =>
  extensionIn(extensions, url) !== undefined;
const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);

/** Of valibot: the place is the innermost item on the way to the field. */
function issueToFault(issue: v.BaseIssue<unknown>): FormFault {
  const path = issue.path ?? [];
  let place = THE_FILE;
  let numbers = "";
  let field = "";
  path.forEach(({ key, value }, index) => {
    if (typeof key === "string") field = key;
    if (typeof key !== "number" || path[index - 1]?.key !== "item") return;
    numbers = numbers === "" ? String(key + 1) : `${numbers}.${key + 1}`;
    const linkId = (value as { linkId?: unknown } | null)?.linkId;
    place = `Item ${numbers}${typeof linkId === "string" ? ` (${linkId.slice(0, 80)})` : ""}`;
    field = "";
  });
  field = field.slice(0, 80);
  if (issue.expected === "never") return fault("FieldUnknown", place, field);
  const isMissing = issue.received === "undefined" || path.at(-1)?.value === undefined;
  return fault(isMissing ? "FieldMissing" : "FieldWrong", place, field || "item");
}
