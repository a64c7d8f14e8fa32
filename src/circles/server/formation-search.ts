/** Has circles searched for in another thread, and hears how far it has come. */
import { randomInt } from "node:crypto";
import { Worker } from "node:worker_threads";
import type { WaitingEntry } from "../fit.ts";
import type { FormationNews, FormationOrder, FoundCircle } from "./formation-worker.ts";

/** A thousand waiting people get twenty seconds, a few get two. */
const LEAST_MS = 2_000;
const MOST_MS = 20_000;
const MS_A_PERSON = 20;
const MOST_MEMORY_MB = 1024;

export function searchCircles(
  entries: readonly WaitingEntry[],
  onShare: (share: number) => void,
): Promise<readonly FoundCircle[]> {
  const ms = Math.min(MOST_MS, LEAST_MS + MS_A_PERSON * entries.length);
  const order: FormationOrder = { entries, seed: randomInt(2 ** 32), ms };
  const worker = new Worker(new URL("./formation-worker.ts", import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
  });
  const { promise, resolve, reject } = Promise.withResolvers<readonly FoundCircle[]>();
  worker.on("message", (news: FormationNews) => {
    if ("circles" in news) resolve(news.circles);
    else onShare(news.share);
  });
  worker.on("error", reject);
  worker.on("exit", () => reject(new Error("The search for circles ended without an answer")));
  return promise;
}
