/** Prints every problem in content/, a line each. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkLearn } from "../../src/learn/server/learn-check.ts";
import { checkContent } from "../../src/library/server/content-check.ts";
import { exerciseReader } from "../../src/reflect/exercise/server/exercise-reader.ts";
import type { Given } from "./given.ts";

export async function run({ home }: Given): Promise<number> {
  const content = join(home, "content");
  const screens = await screensIn(home);
  const problems = [
    ...(await checkContent(content, {
      readers: { exercise: exerciseReader },
      ...(screens !== null && { screens }),
    })),
    ...(await checkLearn(content)),
  ];
  for (const { file, line, rule, message } of problems)
    console.log(`${file}:${line} [${rule}] ${message}`);
  console.error(problems.length === 0 ? "The content is in order." : `${problems.length} found.`);
  return problems.length === 0 ? 0 : 1;
}

/**
 * Addresses of the app without what fills them (`/coach/with/:id` is `/coach/with`), read from the list of routes as
 * text, for to load it would take a browser. Null where there is only content.
 */
async function screensIn(home: string): Promise<readonly string[] | null> {
  const routes = await readFile(join(home, "src/app/web/routes.tsx"), "utf8").catch(() => null);
  if (routes === null) return null;
  const screens = [...routes.matchAll(/^ {2}(?:open|room)\("([^":]+?)(?:\/:[^"]*)?",/gm)];
  if (screens.length === 0) throw new Error("src/app/web/routes.tsx is no list of routes any more");
  return screens.map(([, path]) => path!);
}
