import * as v from "valibot";
import { expect, test } from "vitest";
import { currencyField } from "./coach.ts";
import { CURRENCIES } from "./currencies.ts";

test("every currency that can be picked fits the contract, once, and has a name", () => {
  const names = new Intl.DisplayNames("en", { type: "currency" });
  expect(new Set(CURRENCIES).size).toBe(CURRENCIES.length);
  for (const currency of CURRENCIES) {
    expect(v.is(currencyField, currency)).toBe(true);
    expect(names.of(currency)).not.toBe(currency);
  }
});
