/** One visit as Lighthouse's mobile preset sees it: a slow phone on slow 4G, both reckoned, not acted. */
import lighthouse from "lighthouse";
import { blockedMs } from "./blocked.ts";
import type { Visitor } from "./visitor.ts";

export interface Visit {
  readonly lcpMs: number;
  readonly tbtMs: number;
  readonly fcpMs: number;
  /** Blocked time by the main thread's own clock, which a busy machine raises far less. */
  readonly ownTbtMs: number;
  /** How fast Lighthouse finds this machine just now; figures of a busy one are too high. */
  readonly benchmarkIndex: number;
}

export async function visit({ devToolsPort }: Visitor, url: string): Promise<Visit> {
  const result = await lighthouse(url, {
    port: devToolsPort,
    output: "json",
    logLevel: "error",
    onlyCategories: ["performance"],
    formFactor: "mobile",
    throttlingMethod: "simulate",
    // The member stays signed in; `forgetApp` throws away what a first visit has not.
    disableStorageReset: true,
  });
  if (result === undefined) throw new Error("Lighthouse gave no answer");
  const { audits, environment, runtimeError } = result.lhr;
  const { traceEvents } = result.artifacts.Trace;
  if (runtimeError) throw new Error(`Lighthouse failed: ${runtimeError.code}`);
  const value = (audit: string): number => {
    const measured = audits[audit]?.numericValue;
    if (measured === undefined) throw new Error(`Lighthouse could not measure ${audit}`);
    return measured;
  };
  return {
    lcpMs: value("largest-contentful-paint"),
    tbtMs: value("total-blocking-time"),
    fcpMs: value("first-contentful-paint"),
    ownTbtMs: blockedMs(traceEvents, url),
    benchmarkIndex: environment.benchmarkIndex,
  };
}
