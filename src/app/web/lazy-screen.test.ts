import { expect, test } from "vitest";
import { fetchScreen, lazyScreen } from "./lazy-screen.ts";

test("a screen that is asked for ahead is fetched once, and one that can't be fetched troubles nobody yet", async () => {
  let asked = 0;
  const screen = lazyScreen(() => {
    asked += 1;
    return Promise.reject<{ Promises: () => null }>(new TypeError("No connection"));
  }, "Promises");
  expect(asked).toBe(0);
  fetchScreen(screen);
  fetchScreen(screen);
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toBe(1);
});

test("a screen that comes with the house needs no fetching", () => {
  expect(() => fetchScreen(() => null)).not.toThrow();
});
