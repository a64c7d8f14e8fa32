/** Runs `content check` over one folder after the other, and says of each as a line of JSON what came of it. */
import { run } from "../bin/command/content-check.ts";

export interface Checked {
  readonly status: number | null;
  /** The command's own lines. */
  readonly findings: readonly string[];
  readonly thrown: string | null;
  readonly ms: number;
}

const print = console.log;
for (const home of process.argv.slice(2)) print(JSON.stringify(await check(home)));

async function check(home: string): Promise<Checked> {
  const findings: string[] = [];
  console.log = (line: string) => findings.push(line);
  console.error = () => undefined;
  const given = { home, work: home, env: {}, operands: [], flags: new Set<string>() };
  const began = performance.now();
  const done = await run(given).then(
    (status) => ({ status, thrown: null }),
    (error: unknown) => ({ status: null, thrown: String(error).slice(0, 200) }),
  );
  return { ...done, findings: findings.slice(0, 2_000), ms: performance.now() - began };
}
