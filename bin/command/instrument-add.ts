/** Adds an instrument from a FHIR file: shows what it is, asks for the licence that the host asserts, and keeps it. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import * as v from "valibot";
import { withInstruments } from "../../src/app/server/instruments-beside.ts";
import { StartRefused } from "../../src/platform/server/start-refused.ts";
import { faultToWords } from "../../src/reflect/instrument/fault-words.ts";
import { questionsOf } from "../../src/reflect/instrument/form.ts";
import { readInstrument, type Instrument } from "../../src/reflect/instrument/instrument.ts";
import { assertedLicence, type AssertedLicence } from "../../src/reflect/instrument/licence.ts";
import { add } from "../../src/reflect/instrument/server/adding.ts";
import { configOf, type Given } from "./given.ts";

const QUESTIONS = [
  ["by", "Who says that it may be used here?"],
  ["terms", "Under which terms?"],
  ["on", "On which day was that found to be so (2026-11-22)?"],
] as const satisfies readonly (readonly [keyof AssertedLicence, string])[];

export async function run(given: Given): Promise<number> {
  const file = resolve(given.work, given.operands[0]!);
  const questionnaire = await readFile(file, "utf8").catch(() => {
    throw new StartRefused(`There is no file ${file} that could be read.`);
  });
  const read = readInstrument(questionnaire);
  if (!read.ok) {
    const faults = read.refusal.map((fault) => `  ${faultToWords(fault)}`);
    throw new StartRefused([`${file} can't be added:`, ...faults].join("\n"));
  }
  show(read.value);
  if (given.flags.has("check")) return 0;
  const { protocol } = read.value.scorer;
  const protocolReady = given.flags.has("protocol-ready");
  if (protocol !== undefined && !protocolReady)
    throw new StartRefused(`${protocol}\nIf it is ready, say so with --protocol-ready.`);
  const licence = await askLicence();
  const config = await configOf(given);
  const added = await withInstruments(config, (deps) =>
    add(deps, { questionnaire, licence, protocolReady }),
  );
  if (!added.ok) throw new Error(added.refusal.type);
  console.log(`Added. Members find it at /reflect/instrument/${read.value.scorer.id}.`);
  return 0;
}

function show({ form, scorer }: Instrument): void {
  console.log(`${form.title}${form.version === null ? "" : `, version ${form.version}`}`);
  console.log(`  scored as ${scorer.title} (${scorer.id})`);
  console.log(`  known terms: ${scorer.terms}`);
  if (form.copyright !== null) console.log(`  the file says: ${form.copyright}`);
  for (const { text, linkId } of questionsOf(form)) console.log(`  ${linkId}  ${text}`);
}

/** From the terminal, or a line each from whatever is piped in. */
async function askLicence(): Promise<AssertedLicence> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const coming = lines[Symbol.asyncIterator]();
  const said: Record<string, string> = {};
  try {
    for (const [field, question] of QUESTIONS) {
      process.stderr.write(`${question} `);
      const line = await coming.next();
      said[field] = line.done === true ? "" : line.value;
    }
  } finally {
    lines.close();
  }
  const licence = v.safeParse(assertedLicence, said);
  if (licence.success) return licence.output;
  throw new StartRefused(
    "Nothing was added: somebody has to say who asserts the right to use it, under which terms, and on which day (as 2026-11-22).",
  );
}
