/** Takes an instrument off. What members have answered stays in their safes. */
import { withInstruments } from "../../src/app/server/instruments-beside.ts";
import { StartRefused } from "../../src/platform/server/start-refused.ts";
import { drop } from "../../src/reflect/instrument/server/adding.ts";
import { configOf, type Given } from "./given.ts";

export async function run(given: Given): Promise<number> {
  const id = given.operands[0]!;
  const config = await configOf(given);
  if (!(await withInstruments(config, (deps) => drop(deps, id))))
    throw new StartRefused(
      `There is no instrument ${id}. \`callroom instrument list\` shows them.`,
    );
  console.log("Taken off. What members have answered stays theirs.");
  return 0;
}
