import { expect, test } from "vitest";
import { driftOf } from "./drift.ts";

const monthly = (...scores: number[]) =>
  scores.map((score, i) => ({
    day: Temporal.PlainDate.from("2026-01-01")
      .add({ days: 30 * i })
      .toString(),
    score,
  }));

test("a slow lean over six readings is noticed, five readings or a zigzag are not", () => {
  expect(driftOf(monthly(40, 43, 46, 50, 53, 57))).toMatchObject({ direction: "rising" });
  expect(driftOf(monthly(57, 53, 50, 46, 43, 40))).toMatchObject({ direction: "falling" });
  expect(driftOf(monthly(40, 43, 46, 50, 53))).toBeNull();
  expect(driftOf(monthly(40, 60, 38, 62, 41, 59))).toBeNull();
  expect(driftOf(monthly(50, 50, 50, 50, 50, 50))).toBeNull();
});
