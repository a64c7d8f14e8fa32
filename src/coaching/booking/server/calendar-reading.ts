/**
 * Has calendar files read in another thread, one after the other. A file that the thread can't get done
 * with is refused; the next one gets a fresh thread.
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
  last = reading.catch(() => undefined);
  return reading;
}

function readNow(order: CalendarOrder): Promise<ReadingResult> {
  const worker = (thread ??= startThread());
  const { promise, resolve, reject } = Promise.withResolvers<ReadingResult>();
  const giveUp = () => {
    thread = null;
    void worker.terminate();
    resolve(refuse({ type: "TooSlow" }));
  };
  const fail = (error: Error & { readonly code?: string }) => {
    if (error.code === "ERR_WORKER_OUT_OF_MEMORY") giveUp();
    else reject(error);
  };
  const patience = setTimeout(giveUp, MOST_MS + PATIENCE_MS);
  worker.on("message", resolve).on("error", fail).postMessage(order);
  return promise.finally(() => {
    clearTimeout(patience);
    worker.off("message", resolve).off("error", fail);
  });
}

function startThread(): Worker {
  const worker = new Worker(new URL("./calendar-worker.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
  });
  worker.on("error", () => {
    if (thread === worker) thread = null;
  });
  // It waits for files for as long as there is somebody to read for.
  worker.unref();
  return worker;
}
