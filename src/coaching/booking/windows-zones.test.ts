import { expect, test } from "vitest";
import { WINDOWS_ZONE_NAMES, windowsZone } from "./windows-zones.ts";
import { isTimeZone } from "./zone.ts";

test("every Windows zone is a place this runtime knows", () => {
  expect(WINDOWS_ZONE_NAMES.length).toBeGreaterThan(135);
  const unknown = WINDOWS_ZONE_NAMES.filter((name) => !isTimeZone(windowsZone(name) ?? ""));
  expect(unknown).toEqual([]);
});

test("a zone called standard time keeps its summer, whatever the case of its name", () => {
  expect(windowsZone("eastern standard time")).toBe("America/New_York");
  expect(windowsZone("W. Europe Standard Time")).toBe("Europe/Berlin");
  expect(windowsZone("tzone://Microsoft/Utc")).toBe("Etc/UTC");
});

test("a name Windows never used is nothing", () => {
  for (const name of ["", "Eastern Time", "Europe/Berlin", "constructor"]) {
    expect(windowsZone(name), name).toBeNull();
  }
});
