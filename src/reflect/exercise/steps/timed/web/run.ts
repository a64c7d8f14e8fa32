/** A run through a timed step: it is started, paused, gone on with, skipped through and stopped, or comes to its end. */
import { useEffect, useState } from "react";
import { placeAfter, roundMs } from "../clock.ts";
import type { TimedStep } from "../step.ts";

/** Milliseconds throughout. */
export type Run =
  | { readonly at: "ready" }
  /** `zero` is the moment at which nothing had gone by; skipping and pausing move it. */
  | { readonly at: "running"; readonly zero: number; readonly now: number }
  | { readonly at: "paused"; readonly elapsed: number }
  | { readonly at: "stopped"; readonly elapsed: number }
  | { readonly at: "over" };

/** Often enough that a second is never shown late, seldom enough for a tired battery. */
const TICK_MS = 200;

export function useRun(step: TimedStep) {
  const [run, setRun] = useState<Run>({ at: "ready" });
  const isRunning = run.at === "running";
  useEffect(() => {
    if (!isRunning) return undefined;
    const tick = () => setRun((run) => (run.at === "running" ? at(step, run.zero) : run));
    const timer = setInterval(tick, TICK_MS);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, [isRunning, step]);

  const elapsed = elapsedOf(step, run);
  const from = (elapsed: number) => setRun(at(step, Date.now() - elapsed));
  return {
    run,
    elapsed,
    start: () => from(0),
    pause: () => setRun({ at: "paused", elapsed }),
    goOn: () => from(elapsed),
    stop: () => setRun({ at: "stopped", elapsed }),
    /** To the end of the part that is on; a paused clock goes on there. */
    skip: () => {
      const place = placeAfter(step, elapsed);
      if (place.at === "phase") from(place.endsAt);
    },
  };
}

function at(step: TimedStep, zero: number): Run {
  const now = Date.now();
  return placeAfter(step, now - zero).at === "end" ? { at: "over" } : { at: "running", zero, now };
}

function elapsedOf(step: TimedStep, run: Run): number {
  if (run.at === "ready") return 0;
  if (run.at === "running") return run.now - run.zero;
  return run.at === "over" ? step.rounds * roundMs(step) : run.elapsed;
}
