/**
 * Who must never be offered to this member: the people, employers and cards on their conflict list, and those
 * who share an employer with them. Nothing in matching can be weighed against it.
 */
import type { Coach } from "../directory/coach.ts";
import { employerKeys, employerToComparable, isSameEmployer } from "#library/employer-name.ts";
import type { ComparableEmployer } from "#library/employer-name.ts";
import { isSamePerson, nameKeys, nameToComparable } from "./person-name.ts";
import type { Preferences } from "./preferences.ts";

/** Brings each employer to its comparable form once, since coaches share employers. */
export type EmployerForms = (employer: string) => ComparableEmployer;

export function employerForms(): EmployerForms {
  const formBySpelling = new Map<string, ComparableEmployer>();
  return (spelling) => {
    let form = formBySpelling.get(spelling);
    if (form === undefined) {
      form = employerToComparable(spelling);
      formBySpelling.set(spelling, form);
    }
    return form;
  };
}

export function isInConflict(
  conflicts: Preferences["conflicts"],
  forms: EmployerForms,
): (coach: Coach) => boolean {
  const isListedCard = new Set(conflicts.coaches);
  const isAtListedEmployer = worksAt(conflicts.employers, forms);
  const people = conflicts.people.map(nameToComparable);
  const isListedPerson = matcher(people, nameKeys, isSamePerson);
  return (coach) =>
    isListedCard.has(coach.id) ||
    isAtListedEmployer(coach) ||
    (people.length > 0 && isListedPerson(nameToComparable(coach.name)));
}

export function worksAt(
  employers: readonly string[],
  forms: EmployerForms,
): (coach: Coach) => boolean {
  if (employers.length === 0) return () => false;
  const isListed = matcher(employers.map(forms), employerKeys, isSameEmployer);
  return (coach) => coach.employers.some((employer) => isListed(forms(employer)));
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
