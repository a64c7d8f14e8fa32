/** Asks the worker that makes passes. It is started with the first question and gone when all is fetched. */
import type { Bytes } from "#platform/bytes.ts";
import type { PassMaker } from "./issue-fetching.ts";
import type { MakerQuestion } from "./issue.worker.ts";
// Vite gives the built worker's address; the file itself has no default export.
// oxlint-disable-next-line import/default
import workerAddress from "./issue.worker.ts?worker&url";

/** The page's Trusted Types policy, handed in by the app. */
export interface WorkerAddressPolicy {
  readonly createScriptURL: (address: string) => URL | string;
}

export function makePassMaker(policy: WorkerAddressPolicy): PassMaker {
  let worker: Worker | null = null;
  let asked = 0;
  const waiting = new Map<number, { answer: (made: Bytes | null) => void; fail: () => void }>();

  const start = () => {
    const started = new Worker(policy.createScriptURL(workerAddress), { type: "module" });
    started.addEventListener(
      "message",
      ({ data }: MessageEvent<{ id: number; made: Bytes | null }>) => {
        waiting.get(data.id)?.answer(data.made);
        waiting.delete(data.id);
      },
    );
    started.addEventListener("error", () => {
      for (const { fail } of waiting.values()) fail();
      waiting.clear();
      worker = null;
    });
    return started;
  };
  const ask = (question: MakerQuestion) =>
    new Promise<Bytes | null>((resolve, reject) => {
      worker ??= start();
      const id = (asked += 1);
      const fail = () => reject(new MakerDidNotStart());
      waiting.set(id, { answer: resolve, fail });
      worker.postMessage({ id, question });
    });

  return {
    blinded: (wanted) => ask({ wanted, signature: null }),
    finished: (wanted, signature) => ask({ wanted, signature }),
    stop: () => {
      worker?.terminate();
      worker = null;
    },
  };
}

/** Offline on a first visit, as often as not. */
export class MakerDidNotStart extends Error {}
