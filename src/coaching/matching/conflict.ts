/**
 * Who on the index must never be offered to this member: the people, employers and cards on their conflict
 * list, and those who share an employer with them. Nothing in matching can be weighed against it.
 */
import { initialsOf, isSameEmployer, normalisedEmployer } from "../directory/employer-name.ts";
import { isSamePerson, nameToComparable } from "./person-name.ts";
import type { ComparableName } from "./person-name.ts";
import type { Preferences } from "./preferences.ts";
import type { PreparedIndex, Tags } from "./prepared-index.ts";

/** 1 at every coach whom the conflict list keeps away. */
export function conflictsOf(index: PreparedIndex, conflicts: Preferences["conflicts"]): Uint8Array {
  const flags = coachesAtEmployers(index, conflicts.employers);
  const coachIds = new Set(conflicts.coaches);
  const isListed = matcher(conflicts.people.map(nameToComparable), wordsOfName, isSamePerson);
  for (let at = 0; at < flags.length; at++) {
    if (coachIds.has(index.coaches[at]!.id) || isListed(index.names[at]!)) flags[at] = 1;
  }
  return flags;
}

/** 1 at every coach who works at one of these. */
export function coachesAtEmployers(index: PreparedIndex, names: readonly string[]): Uint8Array {
  const flags = new Uint8Array(index.coaches.length);
  if (names.length === 0) return flags;
  const isListed = matcher(names.map(normalisedEmployer), wordsOfEmployer, isSameEmployer);
  const listedNumbers = numbersWhere(index.employers, isListed);
  for (let at = 0; at < flags.length; at++) {
    const end = index.employers.starts[at + 1]!;
    for (let tag = index.employers.starts[at]!; tag < end; tag++) {
      if (listedNumbers[index.employers.numbers[tag]!] === 1) flags[at] = 1;
    }
  }
  return flags;
}

function numbersWhere(tags: Tags, isWanted: (tag: string) => boolean): Uint8Array {
  const flags = new Uint8Array(tags.numberByTag.size);
  for (const [tag, number] of tags.numberByTag) if (isWanted(tag)) flags[number] = 1;
  return flags;
}

/** Compares only with entries that share a key: two that are the same always share one. */
function matcher<Entry>(
  entries: readonly Entry[],
  keysOf: (entry: Entry) => readonly string[],
  isSame: (a: Entry, b: Entry) => boolean,
): (candidate: Entry) => boolean {
  const entriesByKey = Map.groupBy(
    entries.flatMap((entry) => keysOf(entry).map((key) => ({ key, entry }))),
    ({ key }) => key,
  );
  if (entriesByKey.size === 0) return () => false;
  return (candidate) =>
    keysOf(candidate).some((key) =>
      entriesByKey.get(key)?.some(({ entry }) => isSame(entry, candidate)),
    );
}

function wordsOfName(name: ComparableName): readonly string[] {
  return name.whole === "" ? [] : [...name.words, name.whole];
}

function wordsOfEmployer(normalised: string): readonly string[] {
  if (normalised === "") return [];
  const initials = initialsOf(normalised);
  return initials === null ? normalised.split(" ") : [...normalised.split(" "), initials];
}
