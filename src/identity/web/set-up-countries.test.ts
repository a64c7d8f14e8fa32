import { expect, test } from "vitest";
import { countriesByName } from "./set-up-countries.ts";

test("there are the 249 countries of ISO 3166-1, and Kosovo by its usual code", () => {
  const codes = countriesByName("en").map(({ code }) => code);
  expect(codes).toHaveLength(250);
  expect(new Set(codes).size).toBe(250);
  for (const code of ["US", "GB", "DE", "IN", "NG", "XK", "SS", "CW"])
    expect(codes).toContain(code);
});

test("codes that were given up and regions that are no countries are not among them", () => {
  const codes = countriesByName("en").map(({ code }) => code);
  for (const code of ["UK", "SU", "DD", "YU", "AN", "EU", "UN", "ZZ", "AC"])
    expect(codes).not.toContain(code);
});

test("they stand in the order of the reader's own alphabet", () => {
  const names = countriesByName("sv").map(({ name }) => name);
  expect(names.indexOf("Österrike")).toBeGreaterThan(names.indexOf("Zimbabwe"));
});
