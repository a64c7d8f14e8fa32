/**
 * Everything CI runs, as one list, ending in `N passed, N failed`. With --fast only what needs neither a
 * browser nor a proof. Each step's output goes to standard error only where it failed.
 */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "./browser.ts";
import { buildWebIfNeeded } from "./command/web-build.ts";
import { proofNames, type ProofName } from "../proofs/names.ts";

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
}

interface Step {
  readonly name: string;
  readonly run: () => Promise<Counts>;
}

const HOME = join(import.meta.dirname, "..");
const NODE = process.execPath;
const isFast = process.argv.includes("--fast");
const asJson = process.argv.includes("--json");
const scratch = await mkdtemp(join(tmpdir(), "callroom-test-"));

const tool = (path: string) => join(HOME, "node_modules", path);
const bin = (name: string) => tool(`.bin/${name}`);

/** One after the other; what stands in one group has a core for each of two at a time, what stands alone has both. */
const fastGroups: Step[][] = [
  [
    command("format", bin("prettier"), ["--check", ".", "--log-level", "warn"]),
    command("lint", bin("oxlint"), ["--type-aware"]),
    // One checker looks at nothing twice, and the other core has other work.
    command("types", bin("tsc"), ["-b", "--checkers", "1"]),
    command("dead code", bin("knip"), []),
    command("content", NODE, ["bin/command-line.ts", "content", "check"]),
  ],
  [{ name: "tests", run: unitTests }],
];

/** What takes longest begins first, or it would be alone at the end. */
const LONGEST: readonly ProofName[] = ["unlinkable", "operator-blind", "kill-nine"];
const durationRank = (name: ProofName) => LONGEST.indexOf(name) + 1 || LONGEST.length + 1;

const slowGroups: Step[][] = [
  [{ name: "build", run: build }],
  [{ name: "journeys", run: journeys }],
  proofNames
    .toSorted((one, other) => durationRank(one) - durationRank(other))
    .map((name) => ({ name: `proof ${name}`, run: () => proof(name) })),
];

let passed = 0;
let failed = 0;
const skipped: string[] = [];
for (const group of isFast ? fastGroups : [...fastGroups, ...slowGroups]) {
  const waiting = group.values();
  const runSome = async () => {
    for (const step of waiting) await run(step);
  };
  await Promise.all([runSome(), runSome()]);
}
await rm(scratch, { recursive: true, force: true });
for (const what of skipped) console.log(`skipped: ${what}`);
if (asJson) console.log(JSON.stringify({ passed, failed, skipped }));
console.log(
  `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ""}`,
);
process.exit(failed > 0 || (skipped.length > 0 && process.env["CALLROOM_TEST_STRICT"]) ? 1 : 0);

async function run(step: Step): Promise<void> {
  const began = performance.now();
  let counts: Counts;
  try {
    counts = await step.run();
  } catch (error) {
    console.error(error);
    counts = { passed: 0, failed: 1, skipped: [] };
  }
  passed += counts.passed;
  failed += counts.failed;
  skipped.push(...counts.skipped);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const verdict = counts.failed > 0 ? "FAILED" : counts.skipped.length > 0 ? "skipped" : "ok";
  console.log(
    `${step.name.padEnd(26)} ${verdict.padEnd(8)} ${String(counts.passed + counts.failed).padStart(5)}  ${seconds} s`,
  );
}

function command(name: string, program: string, args: readonly string[]): Step {
  return {
    name,
    run: async () => {
      const { code, output } = await execute(program, args);
      if (code !== 0) console.error(output);
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
    },
  };
}

interface UnitTest {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

async function unitTests(): Promise<Counts> {
  const file = join(scratch, "unit.json");
  const { code, output } = await execute(NODE, [
    tool("vitest/vitest.mjs"),
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ]);
  if (code !== 0) console.error(output.slice(-20_000));
  const report = JSON.parse(await readFile(file, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    testResults: { assertionResults: UnitTest[] }[];
  };
  // Whoever passes without having failed has no messages.
  const late = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status, failureMessages }) => status === "passed" && failureMessages.length > 0);
  for (const { fullName, failureMessages } of late)
    console.log(`passed at the second try only: ${fullName}\n${failureMessages[0]}`);
  const pending = report.numPendingTests > 0 ? [`${report.numPendingTests} unit tests`] : [];
  const brokenFile = code !== 0 && report.numFailedTests === 0 ? 1 : 0;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFile,
    skipped: pending,
  };
}

/** Marked as fresh, so that no journey and no proof builds it again. */
async function build(): Promise<Counts> {
  await buildWebIfNeeded(HOME, () => undefined);
  return { passed: 1, failed: 0, skipped: [] };
}

async function journeys(): Promise<Counts> {
  const browser = await findBrowser();
  if (browser === null)
    return { passed: 0, failed: 0, skipped: ["browser journeys: no Chromium could be had"] };
  const file = join(scratch, "journeys.json");
  const { code, output } = await execute(
    NODE,
    [tool("@playwright/test/cli.js"), "test", "--reporter=json"],
    {
      CHROMIUM: browser,
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    },
  );
  const report = JSON.parse(await readFile(file, "utf8")) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    errors: { message?: string }[];
  };
  const { expected, unexpected, flaky, skipped: left } = report.stats;
  if (code !== 0) {
    console.error(output.slice(-20_000));
  }
  if (code !== 0 || flaky > 0) console.error(failuresOf(report).slice(0, 20_000));
  if (flaky > 0) console.log(`${flaky} of the journeys passed at the second try only, see above`);
  return {
    passed: expected + flaky,
    failed: unexpected + (code !== 0 && unexpected === 0 ? 1 : 0),
    skipped: left > 0 ? [`${left} browser journeys`] : [],
  };
}

/** The messages of what failed, out of Playwright's nested report. */
function failuresOf(report: object): string {
  const messages: string[] = [];
  const visit = (value: unknown, title: string): void => {
    if (Array.isArray(value)) {
      for (const each of value) visit(each, title);
      return;
    }
    if (typeof value !== "object" || value === null) return;
    const {
      title: own,
      error,
      ...rest
    } = value as { title?: string; error?: { message?: string } };
    const path = own === undefined ? title : `${title} › ${own}`;
    if (error?.message !== undefined) messages.push(`${path}\n${error.message}`);
    for (const each of Object.values(rest)) visit(each, path);
  };
  visit(report, "");
  return messages.join("\n\n");
}

async function proof(name: string): Promise<Counts> {
  const { code, output } = await execute(NODE, ["proofs/prove.ts", name, "--small", "--json"]);
  if (code !== 0) console.error(output.slice(-10_000));
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
}

function execute(
  program: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      ...more,
      PATH: `${join(NODE, "..")}:${process.env["PATH"] ?? ""}`,
    };
    const child = spawn(program, args, { cwd: HOME, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
