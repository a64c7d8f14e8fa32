/** Prints every problem in content/, a line each. */
import { join } from "node:path";
import { checkLearn } from "../../src/learn/server/learn-check.ts";
import { checkContent } from "../../src/library/server/content-check.ts";
import { exerciseReader } from "../../src/reflect/exercise/server/exercise-reader.ts";
import type { Given } from "./given.ts";

export async function run({ home }: Given): Promise<number> {
  const content = join(home, "content");
  const problems = [
    ...(await checkContent(content, { readers: { exercise: exerciseReader } })),
    ...(await checkLearn(content)),
  ];
  for (const { file, line, rule, message } of problems)
    console.log(`${file}:${line} [${rule}] ${message}`);
  console.error(problems.length === 0 ? "The content is in order." : `${problems.length} found.`);
  return problems.length === 0 ? 0 : 1;
}
