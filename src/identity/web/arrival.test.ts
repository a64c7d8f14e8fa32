import { afterEach, expect, test, vi } from "vitest";
import type { Device } from "#vault/web/device.ts";
import { isIdle } from "./arrival.ts";

afterEach(() => vi.useRealTimers());

const MINUTE = 60_000;
const NOW = Date.parse("2026-11-22T03:00:00Z");

function isIdleAfter(ms: number, meta: Record<string, unknown> = {}): Promise<boolean> {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  const kept: Record<string, unknown> = { lastUse: NOW - ms, ...meta };
  return isIdle({ get: (_: string, key: string) => Promise.resolve(kept[key]) } as Device);
}

test("a safe stays open for fifteen minutes without use, or for as long as was chosen", async () => {
  expect(await isIdleAfter(15 * MINUTE)).toBe(false);
  expect(await isIdleAfter(15 * MINUTE + 1)).toBe(true);
  expect(await isIdleAfter(5 * MINUTE + 1, { idleMinutes: 5 })).toBe(true);
  expect(await isIdleAfter(59 * MINUTE, { idleMinutes: 60 })).toBe(false);
});

test("a clock that was set back, or a last use nobody noted, counts as idle", async () => {
  expect(await isIdleAfter(-16 * MINUTE)).toBe(true);
  expect(await isIdleAfter(0, { lastUse: undefined })).toBe(true);
});
