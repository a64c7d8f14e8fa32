import { expect, test } from "vitest";
import fc from "fast-check";
import { isKeptFinding, type KeptFinding } from "./kept-finding.ts";

const finding: KeptFinding = {
  on: "2026-11-22",
  version: 1,
  path: "burnout",
  drivers: ["record"],
  wants: ["rest"],
  care: [],
  bands: { exhaustion: "high" },
};

test("a finding is known again after it was sealed and opened", () => {
  expect(isKeptFinding(JSON.parse(JSON.stringify(finding)))).toBe(true);
  expect(isKeptFinding({ ...finding, path: null, bands: {} })).toBe(true);
});

test("what is no finding is passed over", () => {
  for (const key of ["on", "version", "drivers", "wants", "care", "bands"]) {
    expect(isKeptFinding({ ...finding, [key]: undefined })).toBe(false);
  }
  expect(isKeptFinding({ ...finding, on: "22 November" })).toBe(false);
  expect(isKeptFinding({ ...finding, bands: { exhaustion: "terrible" } })).toBe(false);
  expect(isKeptFinding({ ...finding, drivers: [7] })).toBe(false);
  fc.assert(fc.property(fc.anything(), (other) => !isKeptFinding(other)));
});
