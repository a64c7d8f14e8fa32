/**
 * Questionnaire files that mean harm, made out of one that fits: too large, too deep, of wrong types, with keys that
 * reach for prototypes, with HTML, with thousands of items, waiting for each other in a circle.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const HOME = join(import.meta.dirname, "..");
export const LICENCE = { by: "Nobody", terms: "Made for proofs.", on: "2026-11-22" };

export interface HostileFile {
  readonly name: string;
  readonly text: string;
  /** Harm is only in how it looks: it may be taken. */
  readonly mayBeTaken?: boolean;
}

interface Item {
  readonly linkId: string;
  readonly [field: string]: unknown;
}
interface Questionnaire {
  readonly item: readonly Item[];
  readonly [field: string]: unknown;
}

export async function hostileInstruments(): Promise<readonly HostileFile[]> {
  const text = await readFile(join(HOME, "src/reflect/instrument/fixtures/phq-9.json"), "utf8");
  const fitting = JSON.parse(text) as Questionnaire;
  return [
    ...ofTheWrongSize(fitting, text),
    ...ofTheWrongShape(fitting),
    ...ofTheWrongItems(fitting),
  ];
}

const file = (name: string, text: string): HostileFile => ({ name, text });
const made = (name: string, value: unknown): HostileFile => file(name, JSON.stringify(value));
const nested = (open: string, inner: string, close: string, depth: number): string =>
  open.repeat(depth) + inner + close.repeat(depth);

function ofTheWrongSize(fitting: Questionnaire, text: string): readonly HostileFile[] {
  const groups = '{"linkId":"g","type":"group","text":"g","item":[';
  const many = Array.from({ length: 3_000 }, (_, i) => ({ linkId: `i${i}`, type: "display" }));
  const first = fitting.item.find(({ type }) => type === "choice");
  return [
    file("nothing", ""),
    file("no JSON", "resourceType: Questionnaire"),
    file("cut off", text.slice(0, text.length / 2)),
    file("deep lists", nested("[", "", "]", 60_000)),
    file("deep objects", nested('{"item":', "1", "}", 14_000)),
    file(
      "deep groups",
      `{"resourceType":"Questionnaire","status":"active","title":"Deep","item":[${nested(groups, "", "]}", 2_000)}]}`,
    ),
    {
      ...made("as long as may be", { ...fitting, name: "x".repeat(131_000 - text.length) }),
      mayBeTaken: true,
    },
    made("longer than may be", { ...fitting, name: "x".repeat(140_000) }),
    // Each number is four letters here and 21 once it is written again.
    file("growing", text.replace("{", `{"purpose":[${"1e20,".repeat(15_000)}1],`)),
    made("thousands of items", { ...fitting, item: [...fitting.item, ...many] }),
    made("thousands of answers", {
      ...fitting,
      item: [
        {
          ...first,
          answerOption: Array.from({ length: 4_000 }, (_, value) => ({ valueInteger: value })),
        },
        ...fitting.item.filter((item) => item !== first),
      ],
    }),
  ];
}

function ofTheWrongShape(fitting: Questionnaire): readonly HostileFile[] {
  const wrong = [null, true, 7, "text", [], {}, [[]], [null], { length: 1e9 }];
  const fields = ["resourceType", "item", "title", "code", "url", "extension", "status"];
  return [
    ...wrong.map((value) => made(`only ${JSON.stringify(value)}`, value)),
    ...fields.flatMap((field) =>
      wrong.slice(0, 6).map((value) => ({
        ...made(`${field} as ${JSON.stringify(value)}`, { ...fitting, [field]: value }),
        mayBeTaken: isWhole(field, value),
      })),
    ),
    file(
      "prototype",
      JSON.stringify(fitting).replace("{", '{"__proto__":{"polluted":true,"readOnly":true},'),
    ),
    made("constructor", { ...fitting, constructor: { prototype: { polluted: true } } }),
    file("the same key often", `{${'"item":[],'.repeat(5_000)}"resourceType":"Questionnaire"}`),
    ...["\u0000", "\ud800", "\u202e", "\ufeff"].map((letter) =>
      made(`with ${escape(letter)}`, { ...fitting, title: `A${letter}b` }),
    ),
    { ...made("unseen letters", { ...fitting, purpose: "\u0000\ud800" }), mayBeTaken: true },
    {
      ...made("HTML", {
        ...fitting,
        title: "<img src=x onerror=alert(1)>",
        text: { div: "<script>alert(1)</script>" },
      }),
      mayBeTaken: true,
    },
    made("javascript", { ...fitting, url: "javascript:alert(1)\nhttps://example.org" }),
  ];
}

/** Another title, another address and no extensions leave a questionnaire what it was. */
const isWhole = (field: string, value: unknown): boolean =>
  (["title", "url"].includes(field) && value === "text") ||
  (field === "extension" && Array.isArray(value));

function ofTheWrongItems({ item: items, ...fitting }: Questionnaire): readonly HostileFile[] {
  const scored = items.filter(({ type }) => type === "choice");
  const [first, second] = scored;
  const rest = items.filter((item) => item !== first && item !== second);
  const fits = [first, second, ...rest];
  const withItems = (name: string, ...item: readonly unknown[]) => made(name, { ...fitting, item });
  const waiting = (item: Item | undefined, question: string) => ({
    ...item,
    enableWhen: [{ question, operator: "exists", answerBoolean: true }],
  });
  const expression = { language: "text/fhirpath", expression: "repeat(descendants())" };
  return [
    withItems("waits for itself", waiting(first, first!.linkId), second, ...rest),
    withItems(
      "wait for each other",
      waiting(first, second!.linkId),
      waiting(second, first!.linkId),
      ...rest,
    ),
    withItems("waits for nothing", waiting(first, "__proto__"), second, ...rest),
    withItems(
      "conditions without end",
      {
        ...first,
        enableWhen: Array.from({ length: 5_000 }, () => ({
          question: second!.linkId,
          operator: "exists",
          answerBoolean: true,
        })),
      },
      second,
      ...rest,
    ),
    withItems("twice the same", first, first, second, ...rest),
    withItems("one missing", second, ...rest),
    withItems(
      "a range without end",
      {
        ...first,
        type: "integer",
        answerOption: undefined,
        extension: [
          { url: "http://hl7.org/fhir/StructureDefinition/minValue", valueInteger: 0 },
          { url: "http://hl7.org/fhir/StructureDefinition/maxValue", valueInteger: 2 ** 31 },
        ],
      },
      second,
      ...rest,
    ),
    withItems(
      "counted by an expression",
      {
        ...first,
        extension: [
          {
            url: "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression",
            valueExpression: expression,
          },
        ],
      },
      second,
      ...rest,
    ),
    withItems(
      "answers from elsewhere",
      {
        ...first,
        answerOption: undefined,
        answerValueSet: "http://169.254.169.254/latest/meta-data",
      },
      second,
      ...rest,
    ),
    withItems(
      "weights beyond number",
      { ...first, answerOption: [{ valueInteger: 1e308 }, { valueInteger: -1e308 }] },
      second,
      ...rest,
    ),
    withItems("a picture", { ...first, type: "attachment" }, second, ...rest),
    ...[null, 7, "x", []].map((item) =>
      withItems(`an item that is ${JSON.stringify(item)}`, item, ...fits),
    ),
  ];
}

export interface Harm {
  readonly file: string;
  readonly what: string;
}
