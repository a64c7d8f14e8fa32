/**
 * Has calendar files read in another thread, one after the other. A file that the thread can't get done
 * with, or breaks on, is refused as too slow, and the next one gets a fresh thread.
 */
import { Worker } from "node:worker_threads";
import { refuse, type Result } from "#platform/result.ts";
import type { CalendarQuestion, CalendarReading, CalendarRefusal } from "../calendar-file.ts";
import type { CalendarOrder } from "./calendar-worker.ts";

export type ReadingResult = Result<CalendarReading, CalendarRefusal>;

const MOST_MS = 3_000;
/** Beyond its own deadline a thread is given this long to say so. */
const PATIENCE_MS = 5_000;
const MOST_MEMORY_MB = 512;

let thread: Worker | null = null;
let last: Promise<unknown> = Promise.resolve();

export function readCalendarApart(
  text: string,
  question: CalendarQuestion,
): Promise<ReadingResult> {
  const reading = last.then(() => readNow({ text, question, mostMs: MOST_MS }));
  last = reading;
  return reading;
}

function readNow(order: CalendarOrder): Promise<ReadingResult> {
  const worker = (thread ??= startThread());
  return new Promise((resolve) => {
    const done = (result: ReadingResult) => {
      clearTimeout(patience);
      worker.removeAllListeners("message").removeAllListeners("error");
      resolve(result);
    };
    const giveUp = () => {
      thread = null;
      done(refuse({ type: "TooSlow" }));
      void worker.terminate();
    };
    const patience = setTimeout(giveUp, MOST_MS + PATIENCE_MS);
    worker.on("message", done).on("error", giveUp);
    worker.postMessage(order);
  });
}

function startThread(): Worker {
  const worker = new Worker(new URL("./calendar-worker.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
  });
  // It waits for files for as long as there is somebody to read for.
  worker.unref();
  return worker;
}
