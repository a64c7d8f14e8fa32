import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeBusyTimes } from "./busy-time.ts";

const aTime = fc
  .record({ start: fc.integer({ min: 0, max: 60 }), length: fc.integer({ min: -3, max: 20 }) })
  .map(({ start, length }) => ({ start, end: start + length }));

test("merging covers the same time and leaves gaps between what is left", () => {
  fc.assert(
    fc.property(fc.array(aTime), (times) => {
      const merged = mergeBusyTimes(times);
      for (let at = 0; at < 90; at++) {
        const covers = ({ start, end }: { start: number; end: number }) => start <= at && at < end;
        expect(merged.some(covers)).toBe(times.some(covers));
      }
      for (const [at, { start, end }] of merged.entries()) {
        expect(start).toBeLessThan(end);
        if (at > 0) expect(merged[at - 1]!.end).toBeLessThan(start);
      }
    }),
  );
});
