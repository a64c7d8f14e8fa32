/**
 * The journal's own screen over an open safe of many entries, in a page of its own: what is measured is what members
 * have, from the key to the picture. `begin` is called by the bench once the processor is slowed down.
 */
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { Journal } from "../../src/reflect/journal/web/journal.tsx";
import { SafeContext } from "../../src/vault/web/safe-context.tsx";
import type { Safe } from "../../src/vault/web/safe.ts";
import { makeEntries } from "./entries.ts";

interface Measured {
  readonly word: string;
  /** From the key to the frame that shows what it found. */
  readonly ms: number;
  readonly status: string;
}

const measured: Measured[] = [];
let longestTask = 0;

Object.assign(globalThis, {
  begin: (count: number) => {
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
    }).observe({ entryTypes: ["longtask"] });
    const { entries } = makeEntries(count);
    const records = entries.map((content, place) => ({
      id: place.toString(16).padStart(32, "0"),
      version: 1,
      content,
    }));
    const none: readonly never[] = [];
    const safe: Partial<Safe> = {
      list: ((collection: string) => (collection === "journal" ? records : none)) as Safe["list"],
      subscribe: () => () => undefined,
      isDraftKept: () => false,
      readDraft: () => Promise.resolve(null),
    };
    createRoot(document.body).render(
      createElement(SafeContext, { value: safe as Safe }, createElement(Journal)),
    );
  },
  /** Forgets what was seen so far. */
  startAnew: () => {
    measured.length = 0;
    longestTask = 0;
  },
  seen: () => ({ measured, longestTask }),
});

addEventListener(
  "input",
  ({ timeStamp, target }) => {
    const word = (target as HTMLInputElement).value;
    // A message after the frame's own work comes when the frame is handed over.
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.addEventListener("message", () =>
        measured.push({
          word,
          ms: performance.now() - timeStamp,
          status: document.querySelector("[role=status]")?.textContent ?? "",
        }),
      );
      after.port1.start();
      after.port2.postMessage(null);
    });
  },
  { capture: true },
);
