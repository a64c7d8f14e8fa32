/** The light buzz of a phone: only where the device can, and only once the person has switched it on. */
import type { TimedStep } from "../step.ts";

type Buzz = NonNullable<TimedStep["phases"][number]["buzz"]>;

const KEPT_AS = "buzz";
const msByBuzz: Record<Buzz, number> = { short: 60, long: 180 };

/** Not in Safari; a device without a motor says yes and does nothing. */
export const canBuzz = (): boolean => "vibrate" in navigator && matchMedia("(hover: none)").matches;

/** Kept on this device only, like the theme; it says nothing about anyone. */
export function readBuzz(): boolean {
  try {
    return localStorage.getItem(KEPT_AS) === "on";
  } catch {
    // Storage can be forbidden altogether.
    return false;
  }
}

export function keepBuzz(isOn: boolean): void {
  try {
    if (isOn) localStorage.setItem(KEPT_AS, "on");
    else localStorage.removeItem(KEPT_AS);
  } catch {
    // Then it holds until the page is left.
  }
}

export function buzz(kind: Buzz): void {
  navigator.vibrate(msByBuzz[kind]);
}
