import { expect, test } from "vitest";
import {
  isReady,
  listedDomain,
  mayAsk,
  mayVouch,
  MOST_VOUCHES,
  VERIFICATION_WAYS,
  vouchRefusal,
  type Vouching,
} from "./verification.ts";

const vouching = (over: Partial<Vouching> = {}): Vouching => ({
  hasVouchedBefore: false,
  isReturned: false,
  vouchesGiven: 0,
  ...over,
});

test("a hospital's mailbox is offered last", () => {
  expect(VERIFICATION_WAYS.at(-1)).toBe("institution-mail");
});

test("who still asks can't vouch, so nobody does for themselves", () => {
  expect((["none", "asked", "refused", "verified"] as const).map(mayVouch)).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

test("who is verified has nothing to ask; everybody else may, also after a no", () => {
  expect((["none", "asked", "refused", "verified"] as const).map(mayAsk)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test("vouching waits for two, every other way for nobody", () => {
  expect([0, 1, 2].map((vouches) => isReady("vouching", vouches))).toEqual([false, false, true]);
  expect(isReady("npi", 0)).toBe(true);
});

test("nobody vouches twice, in return, or all the time", () => {
  expect(vouchRefusal(vouching())).toBeNull();
  expect(vouchRefusal(vouching({ hasVouchedBefore: true }))).toBe("VouchedAlready");
  expect(vouchRefusal(vouching({ isReturned: true }))).toBe("TheyVouchedForYou");
  expect(vouchRefusal(vouching({ vouchesGiven: MOST_VOUCHES }))).toBe("TooManyVouches");
});

test("a mailbox is of a listed institution by its whole domain or below it, never by its end alone", () => {
  const listed = ["northfield.example", "south.example"];
  expect(listedDomain("a@northfield.example", listed)).toBe("northfield.example");
  expect(listedDomain("a@mail.northfield.example", listed)).toBe("northfield.example");
  expect(listedDomain("a@notnorthfield.example", listed)).toBeNull();
  expect(listedDomain("a@northfield.example.evil.example", listed)).toBeNull();
  expect(listedDomain("northfield.example@evil.example", listed)).toBeNull();
});
