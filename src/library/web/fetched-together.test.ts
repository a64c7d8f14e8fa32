import { afterEach, expect, test, vi } from "vitest";
import { fetchedTogether } from "./fetched-together.ts";

afterEach(() => vi.unstubAllGlobals());

/** Asks for the `nth` of four files; gives which of them were fetched, in order. */
async function fetched(nth: number, fails = false): Promise<{ asked: number[]; got: unknown }> {
  const asked: number[] = [];
  const files = Array.from({ length: 4 }, (_, at) => () => {
    asked.push(at);
    return fails && at !== nth ? Promise.reject(new Error("offline")) : Promise.resolve(at);
  });
  const got = await fetchedTogether(files[nth]!, files);
  return { asked, got };
}

test("where nothing is kept, all are asked for in the same order, whichever is wanted", async () => {
  vi.stubGlobal("navigator", {});
  for (const nth of [0, 2, 3]) {
    const { asked, got } = await fetched(nth);
    expect(asked.slice(0, 4)).toEqual([0, 1, 2, 3]);
    expect(got).toBe(nth);
  }
});

test("others that don't come don't matter to the one that is wanted", async () => {
  vi.stubGlobal("navigator", { serviceWorker: { controller: null } });
  expect((await fetched(1, true)).got).toBe(1);
});

test("where the app is kept on the device, only the wanted one is opened", async () => {
  vi.stubGlobal("navigator", { serviceWorker: { controller: {} } });
  expect((await fetched(2)).asked).toEqual([2]);
});
