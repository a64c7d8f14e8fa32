/** Prints a one-time link by which a steward who lost everything comes back, with an account of their own. */
import { makeStewardInvitation } from "../../src/app/server/steward-way-back.ts";
import { StartRefused } from "../../src/platform/server/start-refused.ts";
import { neverStarted } from "../../src/platform/server/clusters-beside.ts";
import { configOf, type Given } from "./given.ts";

export async function run(given: Given): Promise<number> {
  const config = await configOf(given);
  if (await neverStarted(config))
    throw new StartRefused(`There is no community in ${config.dataDir} yet.`);
  const link = await makeStewardInvitation(config);
  console.error("This link works once. Open it yourself, or hand it over in person:");
  console.log(link);
  return 0;
}
