/** Lists the community's instruments, with the licence that was asserted. */
import { withInstruments } from "../../src/app/server/instruments-beside.ts";
import { readInstrument } from "../../src/reflect/instrument/instrument.ts";
import { allInstruments } from "../../src/reflect/instrument/server/store.ts";
import { configOf, type Given } from "./given.ts";

export async function run(given: Given): Promise<number> {
  const config = await configOf(given);
  const rows = await withInstruments(config, ({ db }) => allInstruments(db));
  if (rows.length === 0) console.log("There are no instruments.");
  for (const { id, questionnaire, licence } of rows) {
    const read = readInstrument(questionnaire);
    console.log(`${id}  ${read.ok ? read.value.form.title : "no longer fits its scorer"}`);
    console.log(`  ${licence.by}, ${licence.on}: ${licence.terms}`);
  }
  return 0;
}
