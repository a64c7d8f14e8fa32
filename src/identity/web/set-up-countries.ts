/** Every country by the name the reader's language has for it. The codes are ISO 3166-1 alpha-2. */

export interface Country {
  readonly code: string;
  readonly name: string;
}

// Named by Unicode too, but no countries: unions, test regions, and islands that ISO counts with another.
const NO_COUNTRY = new Set(
  "AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split(" "), // prettier-ignore
);
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

export function countriesByName(language: string): readonly Country[] {
  const names = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
    .filter((code) => !NO_COUNTRY.has(code) && isCurrent(code))
    .flatMap((code) => {
      const name = names.of(code);
      return name === undefined ? [] : [{ code, name }];
    })
    .toSorted((one, other) => one.name.localeCompare(other.name, language));
}

// A code that was given up, such as SU, is replaced by its successor.
const isCurrent = (code: string): boolean =>
  Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
