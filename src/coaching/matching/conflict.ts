/**
 * Who must never be offered to this member: the people, employers and cards on their conflict list, and those
 * who share an employer with them. Nothing in matching can be weighed against it.
 */
import type { Coach } from "../directory/coach.ts";
import { employerKeys, employerToComparable, isSameEmployer } from "../directory/employer-name.ts";
import { isSamePerson, nameKeys, nameToComparable } from "./person-name.ts";
import type { Preferences } from "./preferences.ts";

export function isInConflict(conflicts: Preferences["conflicts"]): (coach: Coach) => boolean {
  const isListedCard = new Set(conflicts.coaches);
  const isAtListedEmployer = worksAt(conflicts.employers);
  const people = conflicts.people.map(nameToComparable);
  const isListedPerson = matcher(people, nameKeys, isSamePerson);
  return (coach) =>
    isListedCard.has(coach.id) ||
    isAtListedEmployer(coach) ||
    (people.length > 0 && isListedPerson(nameToComparable(coach.name)));
}

export function worksAt(employers: readonly string[]): (coach: Coach) => boolean {
  if (employers.length === 0) return () => false;
  const isListed = matcher(employers.map(employerToComparable), employerKeys, isSameEmployer);
  // Coaches share employers: each spelling is judged once.
  const isListedBySpelling = new Map<string, boolean>();
  const isSpellingListed = (spelling: string): boolean => {
    const known = isListedBySpelling.get(spelling) ?? isListed(employerToComparable(spelling));
    isListedBySpelling.set(spelling, known);
    return known;
  };
  return (coach) => coach.employers.some(isSpellingListed);
}

/** Compares only with entries that share a key, since two that are the same always share one. */
function matcher<Entry>(
  entries: readonly Entry[],
  keysOf: (entry: Entry) => readonly string[],
  isSame: (a: Entry, b: Entry) => boolean,
): (candidate: Entry) => boolean {
  const entriesByKey = new Map<string, Entry[]>();
  for (const entry of entries) {
    for (const key of keysOf(entry)) {
      entriesByKey.set(key, [...(entriesByKey.get(key) ?? []), entry]);
    }
  }
  return (candidate) =>
    keysOf(candidate).some((key) =>
      entriesByKey.get(key)?.some((entry) => isSame(entry, candidate)),
    );
}
