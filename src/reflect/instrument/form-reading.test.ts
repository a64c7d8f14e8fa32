import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fileOf, fixture, type FileOfScorer } from "../../../tests/instrument-files.ts";
import { MOST_CHARACTERS } from "./bounded-json.ts";
import { faultToWords } from "./fault-words.ts";
import { questionsOf } from "./form.ts";
import { readForm } from "./form-reading.ts";
import { readInstrument } from "./instrument.ts";
import { ucla3 } from "./scorers/ucla-3.ts";

/** The words of every fault, of a file that is nearly good. */
function faultsOf(change: (file: FileOfScorer) => unknown): string[] {
  const file = structuredClone(fileOf(ucla3));
  const changed = change(file) ?? file;
  const read = readInstrument(typeof changed === "string" ? changed : JSON.stringify(changed));
  return read.ok ? [] : read.refusal.map(faultToWords);
}
const first = (file: FileOfScorer) => file.item[0]!;
const optionsOf = (file: FileOfScorer, at: number) =>
  file.item[at]!["answerOption"] as Record<string, unknown>[];

describe("panels as LOINC's are built", () => {
  test("PHQ-9's loads: nine items by ordinals, a tenth besides, the total left to the scorer", () => {
    const read = readInstrument(fixture("phq-9"));
    if (!read.ok) throw new Error(read.refusal.map(faultToWords).join());
    expect(read.value.scorer.id).toBe("phq-9");
    expect(read.value.asked.map(({ place }) => place)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, -1]);
    expect(questionsOf(read.value.form)).toHaveLength(10);
    expect(read.value.form.items[0]).toMatchObject({ kind: "display" });
  });
  test("GAD-7's loads: seven items in a group, valued by LOINC's answer codes alone", () => {
    const read = readInstrument(fixture("gad-7"));
    if (!read.ok) throw new Error(read.refusal.map(faultToWords).join());
    expect(read.value.scorer.id).toBe("gad-7");
    expect(read.value.asked).toHaveLength(7);
    expect(read.value.asked[0]!.pointsByAnswer.get("LA6571-9")).toBe(3);
  });
});

/** As tools of others write them. */
describe("what is found in public files", () => {
  test("a total that somebody would write in is left to the scorer too", () => {
    const file = JSON.parse(fixture("gad-7")) as FileOfScorer;
    file.item.push({
      linkId: "/39156-5",
      type: "decimal",
      text: "Total",
      code: [{ system: "http://loinc.org", code: "70274-6" }],
    });
    const read = readInstrument(JSON.stringify(file));
    expect(read.ok && read.value.asked.length).toBe(7);
  });
  test("an item without a code is known by LOINC's code in its linkId", () => {
    const file = JSON.parse(fixture("phq-9")) as FileOfScorer;
    for (const item of file.item) delete item["code"];
    const read = readInstrument(JSON.stringify(file));
    expect(read.ok && read.value.asked.map(({ place }) => place)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, -1,
    ]);
  });
  test("a panel may say its code as an identifier, and twice", () => {
    const file = JSON.parse(fixture("phq-9")) as FileOfScorer;
    file["identifier"] = [{ system: "http://loinc.org", value: "44249-1" }];
    expect(readInstrument(JSON.stringify(file)).ok).toBe(true);
    delete file["code"];
    expect(readInstrument(JSON.stringify(file)).ok).toBe(true);
  });
});

describe("what can't be rendered is refused with its place", () => {
  test.each<[string, (file: FileOfScorer) => unknown, string]>([
    ["no JSON", () => "{", "The file: it is not JSON."],
    ["another resource", () => ({ resourceType: "Patient" }), "The file: it is not a FHIR R4"],
    ["an unknown field", (f) => void (first(f)["answerConstraint"] = 1), "Item 1 (1): the field answerConstraint"],
    ["a modifier", (f) => void (f["modifierExtension"] = []), "The file: the field modifierExtension"],
    ["no title", (f) => void delete f["title"], "The file: the field title is missing"],
    ["a title of another type", (f) => void (f["title"] = 7), "The file: the field title doesn't hold"],
    ["no linkId", (f) => void delete (first(f) as Partial<typeof f.item[0]>).linkId, "Item 1: the field linkId is missing"],
    ["free text", (f) => void (first(f).type = "text"), "Item 1 (1): items of type text"],
    ["an unknown type", (f) => void (first(f).type = "oracle"), "Item 1 (1): items of type oracle"],
    ["a value set", (f) => void (first(f)["answerValueSet"] = "#x"), "Item 1 (1): its answers stand in a value set"],
    ["no answers", (f) => void delete first(f)["answerOption"], "Item 1 (1): it has no answers"],
    ["several at once", (f) => void (first(f)["repeats"] = true), "Item 1 (1): it takes several answers"],
    ["one linkId twice", (f) => void (f.item[1]!.linkId = "1"), "Item 2 (1): the linkId 1 stands there twice"],
    ["one answer twice", (f) => void (optionsOf(f, 0)[1] = optionsOf(f, 0)[0]!), "Item 1 (1): the answer v1 stands"],
    ["mixed answers", (f) => void (optionsOf(f, 0)[1] = { valueInteger: 2 }), "Item 1 (1): each answer must be"],
    ["an answer without words", (f) => void (optionsOf(f, 0)[1] = { valueCoding: { code: "x" } }), "Item 1 (1): each answer must be"],
    ["items in a question", (f) => void (first(f)["item"] = [{ linkId: "x", type: "display", text: "x" }]), "Item 1 (1): a question or a display"],
    ["an empty group", (f) => void f.item.push({ linkId: "g", type: "group", text: "g" }), "Item 4 (g): it is a group without"],
    ["an integer without ends", (f) => void f.item.push({ linkId: "n", type: "integer", text: "n" }), "Item 4 (n): an integer needs a lowest"],
    ["an expression", (f) => void (first(f)["extension"] = [{ url: "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression" }]), "Item 1 (1): it depends on an expression"],
    ["a hidden question", (f) => void (first(f)["extension"] = [{ url: "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", valueBoolean: true }]), "Item 1 (1): it is hidden"],
    ["waiting for itself", (f) => void (first(f)["enableWhen"] = [{ question: "1", operator: "exists", answerBoolean: true }]), "Item 1 (1): it waits for 1, which is no question that comes before"],
    ["waiting for what comes later", (f) => void (first(f)["enableWhen"] = [{ question: "2", operator: "exists", answerBoolean: true }]), "Item 1 (1): it waits for 2, which"],
    ["waiting for no answer", (f) => void (f.item[1]!["enableWhen"] = [{ question: "1", operator: "=", answerCoding: { code: "no" } }]), "Item 2 (2): what it waits for is no answer"],
    ["several conditions without a word", (f) => void (f.item[1]!["enableWhen"] = [{ question: "1", operator: "exists", answerBoolean: true }, { question: "1", operator: "exists", answerBoolean: true }]), "Item 2 (2): with several conditions"],
  ])("%s", (_, change, words) => {
    expect(faultsOf(change)[0]).toContain(words);
  }); // prettier-ignore
});

describe("what the scorer doesn't know is refused with what differs", () => {
  test.each<[string, (file: FileOfScorer) => unknown, string]>([
    ["no scorer", (f) => void (f["url"] = "https://nobody.example/x"), "no scorer knows it. It is called https://nobody.example/x"],
    ["two scorers", (f) => void (f["code"] = [{ system: "http://loinc.org", code: "44249-1" }]), "it names more than one scorer: phq-9, ucla-3"],
    ["an item missing", (f) => void f.item.pop(), "an item is missing. Its code is one of: callroom:item|ucla-3.3"],
    ["an item twice", (f) => void (f.item[1]!["code"] = first(f)["code"]), "the item with the code callroom:item|ucla-3.1 stands there twice"],
    ["an item besides", (f) => void f.item.push({ linkId: "more", type: "boolean", text: "More" }), "Item more: it has no code that the scorer knows"],
    ["values from 0", (f) => f.item.forEach((item, at) => (item["answerOption"] = optionsOf(f, at).map((_, value) => ({ valueInteger: value })))), "0, 1, 2 in place of 1, 2, 3"],
    ["no value", (f) => void delete optionsOf(f, 0)[0]!["extension"], "the answer Worth 1 has no value"],
    ["a condition", (f) => void (f.item[1]!["enableWhen"] = [{ question: "1", operator: "exists", answerBoolean: true }]), "Item 2: it is asked on a condition only"],
    ["a code that means another value", (f) => void (optionsOf(f, 0)[2]!["valueCoding"] = { code: "LA6568-5", display: "x" }), "LA6568-5 is 0 everywhere and 3 here"],
    ["a measure of teams", (f) => void (f["url"] = "callroom:psychological-safety"), "is never scored for one person"],
  ])("%s", (_, change, words) => {
    expect(faultsOf(change).join(" ")).toContain(words);
  }); // prettier-ignore

  test("every fault of the items is told at once", () => {
    expect(faultsOf((file) => void file.item.splice(0, 2))).toHaveLength(2);
  });
});

describe("hostile files", () => {
  test("a huge one isn't parsed", () => {
    expect(faultsOf(() => " ".repeat(MOST_CHARACTERS + 1))).toEqual([
      `The file: it has more than ${MOST_CHARACTERS} characters.`,
    ]);
  });
  test("one that is longer once it is written anew is refused", () => {
    expect(faultsOf(() => `{"purpose":[${"1e20,".repeat(7_000)}1]}`)).toEqual([
      `The file: it has more than ${MOST_CHARACTERS} characters.`,
    ]);
  });
  test("a deep one is refused, in lists, objects and groups", () => {
    for (const deep of [
      "[".repeat(120_000),
      `${"[".repeat(60_000)}${"]".repeat(60_000)}`,
      `${'{"a":'.repeat(30_000)}1${"}".repeat(30_000)}`,
    ])
      expect(faultsOf(() => deep)).toHaveLength(1);
    let group: object = { linkId: "leaf", type: "display", text: "x" };
    for (let depth = 0; depth < 40; depth++)
      group = { linkId: `g${depth}`, type: "group", item: [group] };
    expect(faultsOf((file) => void file.item.push(group as never))).toEqual([
      "The file: it nests deeper than any questionnaire needs to.",
    ]);
  });
  test("too many parts, and too many items", () => {
    expect(
      faultsOf((file) => void (file["contact"] = Array.from({ length: 21_000 }, () => 0))),
    ).toEqual(["The file: it has too many parts."]);
    const many = Array.from({ length: 201 }, (_, at) => ({
      linkId: `d${at}`,
      type: "display",
      text: "x",
    }));
    expect(faultsOf((file) => void file.item.push(...many))).toContain(
      "The file: it has too many items (200 at most).",
    );
  });
  test.each(["__proto__", "constructor", "prototype"])("a field called %s", (key) => {
    const text = JSON.stringify(fileOf(ucla3)).replace('"status"', `"${key}":{"x":1},"status"`);
    expect(faultsOf(() => text)).toEqual([`The file: a field may not be called ${key}.`]);
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });
  test("HTML stays text, and the narrative is never read", () => {
    const html = "<img src=x onerror=alert(1)>";
    const read = readForm(
      JSON.stringify({
        ...fileOf(ucla3),
        title: html,
        text: { status: "generated", div: `<div>${html}</div>` },
      }),
    );
    if (!read.ok) throw new Error("refused");
    expect(read.value.title).toBe(html);
    expect(JSON.stringify(read.value)).not.toContain("<div>");
  });
  test("letters that turn the reading round, and control characters, are refused", () => {
    for (const text of ["\u202eyes", "a\u0000b", "\ud800"])
      expect(faultsOf((file) => void (first(file)["text"] = text))[0]).toContain(
        "Item 1 (1): the field text doesn't hold",
      );
  });
  test("linkIds named after what every object has do no harm", () => {
    for (const linkId of ["toString", "hasOwnProperty", "valueOf"])
      expect(faultsOf((file) => void (first(file).linkId = linkId))).toEqual([]);
  });
  test("whatever is put in place of a part of a good file is read or refused, never thrown at", () => {
    const good = JSON.parse(fixture("phq-9")) as unknown;
    const places = placesIn(good);
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 4 }), (place, value) => {
        const read = readInstrument(JSON.stringify(withAt(good, place, value)));
        if (!read.ok) expect(read.refusal.map(faultToWords).join(" ")).not.toContain("undefined");
      }),
      { numRuns: 600 },
    );
  });
});

type Place = readonly (string | number)[];

function placesIn(part: unknown, at: Place = []): Place[] {
  if (typeof part !== "object" || part === null) return [at];
  const inside = Object.keys(part).flatMap((key) =>
    placesIn((part as Record<string, unknown>)[key], [...at, key]),
  );
  return at.length === 0 ? inside : [at, ...inside];
}

function withAt(whole: unknown, place: Place, value: unknown): unknown {
  const copy = structuredClone(whole);
  let part = copy as Record<string | number, unknown>;
  for (const key of place.slice(0, -1)) part = part[key] as Record<string | number, unknown>;
  part[place.at(-1)!] = value;
  return copy;
}
