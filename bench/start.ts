/**
 * How soon the app is there on a phone: JavaScript before it can be used, largest paint and blocked time by
 * Lighthouse's mobile preset, on the three pages people open most, by a member who is signed in.
 */
import { freePort, makeDataDir, removeDataDir, startInstance } from "../proofs/instance.ts";
import { setUp } from "../proofs/member.ts";
import type { Bench } from "./bench.ts";
import { visit, type Visit } from "./start/lighthouse.ts";
import { scriptsOf } from "./start/scripts.ts";
import { openVisitor, type Visitor } from "./start/visitor.ts";

const PAGES = [
  { name: "landing", path: "/" },
  { name: "checkIn", path: "/reflect/check-in" },
  { name: "today", path: "/today" },
] as const;
const VISITS = 5;

export const bench: Bench = async ({ log }) => {
  const dataDir = await makeDataDir();
  const instance = await startInstance({ dataDir, port: await freePort() });
  try {
    const visitor = await openVisitor(await setUp(instance.origin, instance.setUpToken!));
    try {
      return await measure(visitor, instance.origin, log);
    } finally {
      await visitor.close();
    }
  } finally {
    await instance.stop();
    await removeDataDir(dataDir);
  }
};

async function measure(visitor: Visitor, origin: string, log: (line: string) => void) {
  const figures: Record<string, number> = {};
  const worst = {
    kb: 0,
    lcp: 0,
    tbt: 0,
    ownTbt: 0,
    returningLcp: 0,
    returningTbt: 0,
    returningOwnTbt: 0,
  };
  for (const { name, path } of PAGES) {
    const url = origin + path;
    const scripts = await scriptsOf(visitor, url);
    log(`${path} “${scripts.heading}”: ${scripts.kbGzip.toFixed(1)} KB of scripts`);
    const first = await visits(() => visitor.forgetApp(), visitor, url);
    log(`${path} first visit: ${visitsToText(first)}`);
    await visitor.keepApp();
    const returning = await visits(() => Promise.resolve(), visitor, url);
    await visitor.checkOpen(url);
    log(`${path} with the app kept on the phone: ${visitsToText(returning)}`);

    figures[`${name}JsKbGzip`] = tenth(scripts.kbGzip);
    figures[`${name}LcpMs`] = Math.round(medianOf(first, "lcpMs"));
    figures[`${name}TbtMs`] = Math.round(medianOf(first, "tbtMs"));
    worst.kb = Math.max(worst.kb, scripts.kbGzip);
    worst.lcp = Math.max(worst.lcp, medianOf(first, "lcpMs"));
    worst.tbt = Math.max(worst.tbt, medianOf(first, "tbtMs"));
    worst.ownTbt = Math.max(worst.ownTbt, medianOf(first, "ownTbtMs"));
    worst.returningLcp = Math.max(worst.returningLcp, medianOf(returning, "lcpMs"));
    worst.returningTbt = Math.max(worst.returningTbt, medianOf(returning, "tbtMs"));
    worst.returningOwnTbt = Math.max(worst.returningOwnTbt, medianOf(returning, "ownTbtMs"));
  }
  return {
    initialJsKbGzip: tenth(worst.kb),
    lcpMs: Math.round(worst.lcp),
    tbtMs: Math.round(worst.tbt),
    ownTbtMs: Math.round(worst.ownTbt),
    returningLcpMs: Math.round(worst.returningLcp),
    returningTbtMs: Math.round(worst.returningTbt),
    returningOwnTbtMs: Math.round(worst.returningOwnTbt),
    ...figures,
  };
}

async function visits(
  prepare: () => Promise<void>,
  visitor: Visitor,
  url: string,
): Promise<readonly Visit[]> {
  const made: Visit[] = [];
  for (let count = 0; count < VISITS; count++) {
    await prepare();
    made.push(await visit(visitor, url));
  }
  return made;
}

const visitsToText = (made: readonly Visit[]): string =>
  `LCP ${Math.round(medianOf(made, "lcpMs"))} ms, FCP ${Math.round(medianOf(made, "fcpMs"))} ms, ` +
  `TBT ${Math.round(medianOf(made, "tbtMs"))} ms (${made.map(({ tbtMs }) => Math.round(tbtMs)).join(", ")}), ` +
  `of the page's own ${Math.round(medianOf(made, "ownTbtMs"))} ms ` +
  `(${made.map(({ ownTbtMs }) => Math.round(ownTbtMs)).join(", ")}), ` +
  `medians of ${made.length}; the machine's benchmark index ${Math.round(medianOf(made, "benchmarkIndex"))}`;

function medianOf(made: readonly Visit[], figure: keyof Visit): number {
  const sorted = made.map((each) => each[figure]).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
