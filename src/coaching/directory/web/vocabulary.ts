/** The lists that cards and preferences choose from, as the browser has them. They are content, not code. */
import livedExperiences from "virtual:content/lived-experiences";
import languages from "virtual:content/languages";
import specialties from "virtual:content/specialties";
import styles from "virtual:content/coaching-styles";
import { readVocabulary, type Term } from "../vocabulary.ts";
import { words } from "./words.ts";

const read = readVocabulary({ specialties, livedExperiences, styles, languages });
if (!read.ok) throw new Error("The lists in content/ are not as they should be");

export const vocabulary = read.value;

/** A term that this version no longer lists is shown by its id rather than left out. */
export function termName(terms: readonly Term[], id: string): string {
  return terms.find((term) => term.id === id)?.name ?? id.replaceAll("-", " ");
}

/** In English; a region that the list does not have stands behind its language. */
export function languageName(id: string): string {
  const [primary = "", region] = id.split(/-(.*)/);
  const listed = vocabulary.languages.find((each) => each.id === id);
  if (listed !== undefined) return listed.name;
  const language = vocabulary.languages.find((each) => each.id === primary);
  return language === undefined || region === undefined
    ? id
    : `${language.name} (${regionName(region)})`;
}

const regions = new Intl.DisplayNames(words.locale, { type: "region" });

/** A script, such as Latn, is not a region and stays as it is. */
function regionName(region: string): string {
  return /^([A-Z]{2}|\d{3})$/.test(region) ? (regions.of(region) ?? region) : region;
}
