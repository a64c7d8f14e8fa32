/** Does every numbered thing the mission names have a place in the product, and does each pointer lead there? */
import { COVERAGE_ITEMS, COVERAGE_PARTS, type Coverage } from "../coverage.ts";
import type { Fault } from "./content-check.ts";

export interface KnownPlaces {
  readonly names: ReadonlySet<string>;
  readonly idsByName: ReadonlyMap<string, ReadonlySet<string>>;
  /** Null where no list of screens was given. */
  readonly screens: ReadonlySet<string> | null;
}

export function coverageFaults(coverage: Coverage, places: KnownPlaces): Fault[] {
  const { kind: _kind, whole, ...carriers } = coverage;
  const fault = (at: (string | number)[], message: string): Fault => ({
    at,
    rule: "coverage",
    message,
  });
  const isNumbered = (key: string): boolean =>
    /^[1-9][0-9]*$/.test(key) && Number(key) <= COVERAGE_ITEMS;
  const strange = Object.keys(carriers)
    .filter((key) => !isNumbered(key))
    .map((key) => fault([key], `is not one of 1 to ${COVERAGE_ITEMS}`));
  const lost = Object.entries(carriers).flatMap(([key, pointers]) =>
    (pointers as readonly string[]).flatMap((pointer, i) =>
      leadsSomewhere(pointer, places) ? [] : [fault([key, i], `${pointer} leads nowhere`)],
    ),
  );
  const missing = whole.flatMap((part) => {
    const [first, last] = COVERAGE_PARTS[part];
    return Array.from({ length: last - first + 1 }, (_, i) => String(first + i))
      .filter((key) => !Object.hasOwn(carriers, key))
      .map((key) => fault(["whole"], `nothing carries ${key}`));
  });
  return [...strange, ...lost, ...missing];
}

function leadsSomewhere(pointer: string, places: KnownPlaces): boolean {
  const [scheme, target] = splitOnce(pointer, ":");
  if (scheme === "screen") return places.screens === null || places.screens.has(target);
  const [name, id] = splitOnce(target, "#");
  if (!places.names.has(name)) return false;
  return id === "" || (places.idsByName.get(name)?.has(id) ?? false);
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
