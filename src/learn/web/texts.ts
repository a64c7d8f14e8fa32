/** The text of a name; null where there is none. Texts lie together in files, and come together. */
import { bundleByName, fetches } from "virtual:learn/shelves";
import { fetchedTogether } from "#library/web/fetched-together.ts";
import type { LearnText } from "../learn-text.ts";

export async function fetchText(name: string): Promise<LearnText | null> {
  const bundle = Object.hasOwn(bundleByName, name) ? bundleByName[name]! : null;
  if (bundle === null) return null;
  const { default: texts } = await fetchedTogether(fetches[bundle]!, Object.values(fetches));
  return texts[name] ?? null;
}
