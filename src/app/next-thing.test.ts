import { expect, test } from "vitest";
import { isVerificationTold, nextThing, type Standing } from "./next-thing.ts";

const TODAY = "2026-11-22";
const settled: Standing = {
  isSessionNear: false,
  hasSession: true,
  isCheckInBegun: false,
  checkInDue: "2026-12-10",
  pulseDue: "2026-11-29",
  hasPath: true,
  isIdeaDue: false,
};
const next = (change: Partial<Standing>) => nextThing({ ...settled, ...change }, TODAY);

test("a newcomer is led from the check-in to a path to a coach", () => {
  const newcomer = { checkInDue: null, pulseDue: null, hasPath: false, hasSession: false };
  expect(next(newcomer)).toBe("first-check-in");
  expect(next({ ...newcomer, isCheckInBegun: true })).toBe("go-on");
  expect(next({ hasPath: false, hasSession: false })).toBe("find-path");
  expect(next({ hasSession: false })).toBe("find-coach");
});

test("whoever has done what there is to do is left alone", () => {
  expect(next({})).toBe("nothing");
});

test("nobody is sent to find a coach while it is not known whether they have one", () => {
  expect(next({ hasSession: null })).toBe("nothing");
});

test("a check-in is due on its day, and a pulse only where no check-in is", () => {
  expect(next({ checkInDue: TODAY, pulseDue: TODAY })).toBe("check-in-again");
  expect(next({ checkInDue: "2026-11-23", pulseDue: TODAY })).toBe("pulse");
  expect(next({ pulseDue: "2026-11-23" })).toBe("nothing");
});

test("an idea that was put by is told on its day, after what is due itself", () => {
  expect(next({ isIdeaDue: true })).toBe("idea");
  expect(next({ isIdeaDue: true, pulseDue: TODAY })).toBe("pulse");
});

test("a session that is about to begin comes before everything else", () => {
  expect(next({ isSessionNear: true, isCheckInBegun: true, checkInDue: null })).toBe("session");
});

const member = { roles: [], isNewcomer: false, isSeen: false };

test("members are told that they can ask to be verified, but not before their first check-in", () => {
  expect(isVerificationTold("none", member)).toBe(true);
  expect(isVerificationTold("none", { ...member, isNewcomer: true })).toBe(false);
  expect(isVerificationTold("none", { ...member, roles: ["steward"] })).toBe(false);
  expect(isVerificationTold("asked", member)).toBe(false);
});

test("a decision is told to whomever it is about until they have seen it", () => {
  for (const who of [member, { ...member, roles: ["coach"] }, { ...member, isNewcomer: true }])
    for (const state of ["verified", "refused"] as const)
      expect(isVerificationTold(state, who)).toBe(true);
  const seen = { ...member, isSeen: true };
  expect(isVerificationTold("verified", seen)).toBe(false);
  expect(isVerificationTold("refused", { ...seen, roles: ["coach"] })).toBe(false);
  expect(isVerificationTold("refused", seen)).toBe(true);
});
