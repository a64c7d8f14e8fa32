/** Prints a one-time link by which a steward who lost everything comes back, with an account of their own. */
import { makeStewardInvitation } from "../../src/app/server/steward-way-back.ts";
import { configOf, type Given } from "./given.ts";

export async function run(given: Given): Promise<number> {
  const link = await makeStewardInvitation(await configOf(given));
  console.error("This link works once. Open it yourself, or hand it over in person:");
  console.log(link);
  return 0;
}
