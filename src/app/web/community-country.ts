/** Tells Reflect which country's crisis lines to begin with. Needs no sign-in. */
import { community } from "#identity/contract.ts";
import { call } from "#platform/web/api.ts";

export async function communityCountry(): Promise<string | null> {
  const read = await call(community, {});
  return read.ok && read.value.setUp ? read.value.country : null;
}
