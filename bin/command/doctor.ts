/** Checks an installation and says, a line each, what is good, what is worth knowing and what is wrong. */
import { loadConfig } from "../../src/platform/server/config.ts";
import { checkDatabases } from "./database-checks.ts";
import { good, wrong, type Finding } from "./finding.ts";
import type { Given } from "./given.ts";
import { checkMachine } from "./machine-checks.ts";
import { checkRelay } from "./relay-checks.ts";

export async function run(given: Given): Promise<number> {
  const findings = await examine(given);
  const healthy = findings.every(({ state }) => state !== "wrong");
  if (given.flags.has("json")) console.log(JSON.stringify({ healthy, findings }));
  else for (const finding of findings) console.log(lineOf(finding));
  return healthy ? 0 : 1;
}

async function examine({ env, home, work }: Given): Promise<readonly Finding[]> {
  const config = await loadConfig(env, { home, work });
  if (!config.ok)
    return config.refusal.map(({ name, problem }) => wrong("configuration", `${name}: ${problem}`));
  return [
    good("configuration", "every setting can be read"),
    good("Node.js", process.version),
    ...(await checkMachine(config.value)),
    ...(await checkDatabases(config.value)),
    ...(await checkRelay(config.value)),
  ];
}

const MARKS = { good: "  good ", note: "  note ", wrong: "WRONG  " } as const;

function lineOf({ check, state, words }: Finding): string {
  return `${MARKS[state]} ${check.padEnd(18)} ${words.replaceAll("\n", "\n                           ")}`;
}
