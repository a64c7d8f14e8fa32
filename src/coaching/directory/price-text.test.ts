import fc from "fast-check";
import { expect, test } from "vitest";
import {
  amountTextToMinorUnits,
  minorUnitsToAmountText,
  minorUnitsToPriceText,
} from "./price-text.ts";

test.each([
  ["250", "USD", 25_000],
  ["0", "USD", 0],
  ["250.5", "USD", 25_050],
  ["250,50", "EUR", 25_050],
  ["1,250", "USD", 125_000],
  ["1.250", "EUR", 125_000],
  ["1 250,00", "EUR", 125_000],
  ["1’250.05", "CHF", 125_005],
  ["1,250.50", "USD", 125_050],
  ["1.234.567", "EUR", 123_456_700],
  ["12000", "JPY", 12_000],
  ["12,000", "JPY", 12_000],
  ["12.500", "KWD", 12_500],
  ["12", "KWD", 12_000],
])("%s in %s is read as %i", (text, currency, minorUnits) => {
  expect(amountTextToMinorUnits(text, currency)).toBe(minorUnits);
});

test.each([
  ["", "USD"],
  ["free", "USD"],
  ["-5", "USD"],
  ["$250", "USD"],
  ["250.", "USD"],
  ["250.123.4", "USD"],
  ["1.250.50", "EUR"],
  ["1,250,50", "EUR"],
  ["1234,567.00", "USD"],
  ["12.5", "JPY"],
  ["1e3", "USD"],
  ["٢٥٠", "USD"],
  ["9".repeat(16), "USD"],
])("%o in %s is not guessed at", (text, currency) => {
  expect(amountTextToMinorUnits(text, currency)).toBeNull();
});

test("every price survives being written into the form and read back", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.constantFrom("USD", "EUR", "JPY", "KWD"),
      (minorUnits, currency) => {
        const text = minorUnitsToAmountText(minorUnits, currency);
        expect(amountTextToMinorUnits(text, currency)).toBe(minorUnits);
      },
    ),
  );
});

test("a price is read without a fraction where it has none", () => {
  expect(minorUnitsToPriceText(25_000, "USD", "en-US")).toBe("$250");
  expect(minorUnitsToPriceText(25_050, "USD", "en-US")).toBe("$250.50");
  expect(minorUnitsToPriceText(12_000, "JPY", "en-US")).toBe("¥12,000");
});
