/** Asks the OPAQUE worker. The passphrase goes to the worker and nowhere else; what comes back is protocol. */
import { base64urlToBytes, type Bytes } from "#platform/bytes.ts";
import type { OpaqueAnswer, OpaqueQuestion } from "./opaque.worker.ts";
// Vite gives the built worker's address; the file itself has no default export.
// oxlint-disable-next-line import/default
import workerAddress from "./opaque.worker.ts?worker&url";

/** The page's Trusted Types policy, handed in by the app. */
export interface WorkerAddressPolicy {
  readonly createScriptURL: (address: string) => URL | string;
}

let policy: WorkerAddressPolicy = { createScriptURL: (address) => address };
let worker: Worker | null = null;
let asked = 0;
const waiting = new Map<number, { answer: (answer: OpaqueAnswer) => void; fail: () => void }>();

export function setWorkerPolicy(given: WorkerAddressPolicy): void {
  policy = given;
}

/** Loads the worker ahead of need, while the person types. */
export function warmOpaque(): void {
  worker ??= startWorker();
}

async function ask(
  question: OpaqueQuestion,
): Promise<Required<Pick<OpaqueAnswer, "message">> & OpaqueAnswer> {
  warmOpaque();
  const id = ++asked;
  const answer = await new Promise<OpaqueAnswer>((resolve, reject) => {
    waiting.set(id, {
      answer: resolve,
      fail: () => reject(new Error("The OPAQUE worker did not start")),
    });
    worker!.postMessage({ id, question });
  });
  if (answer.refused || answer.message === undefined) throw new OpaqueRefused();
  return { ...answer, message: answer.message };
}

function startWorker(): Worker {
  const started = new Worker(policy.createScriptURL(workerAddress), { type: "module" });
  started.addEventListener(
    "message",
    ({ data }: MessageEvent<{ id: number; answer: OpaqueAnswer }>) => {
      waiting.get(data.id)?.answer(data.answer);
      waiting.delete(data.id);
    },
  );
  started.addEventListener("error", () => {
    for (const { fail } of waiting.values()) fail();
    waiting.clear();
    worker = null;
  });
  return started;
}

/** Wrong passphrase, or a server that answered nonsense; the two can't be told apart. */
export class OpaqueRefused extends Error {}

/** One spelling for one passphrase, whatever keyboard it came from. */
const sameSpelling = (passphrase: string): string => passphrase.normalize("NFKC");

export interface Registration {
  readonly request: string;
  readonly finish: (response: string) => Promise<{ record: string; exportKey: Bytes }>;
}

export async function beginRegistration(typed: string): Promise<Registration> {
  const passphrase = sameSpelling(typed);
  const { state = "", message } = await ask({ act: "startRegistration", passphrase });
  return {
    request: message,
    finish: async (response) => {
      const finished = await ask({ act: "finishRegistration", passphrase, state, response });
      return { record: finished.message, exportKey: base64urlToBytes(finished.exportKey ?? "")! };
    },
  };
}

export interface Login {
  readonly request: string;
  readonly finish: (
    response: string,
  ) => Promise<{ message: string; exportKey: Bytes; serverKey: string }>;
}

export async function beginLogin(typed: string): Promise<Login> {
  const passphrase = sameSpelling(typed);
  const { state = "", message } = await ask({ act: "startLogin", passphrase });
  return {
    request: message,
    finish: async (response) => {
      const finished = await ask({ act: "finishLogin", passphrase, state, response });
      return {
        message: finished.message,
        exportKey: base64urlToBytes(finished.exportKey ?? "")!,
        serverKey: finished.serverKey ?? "",
      };
    },
  };
}
