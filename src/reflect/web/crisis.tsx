/** Whom to call, by country. Needs no sign-in and no connection, keeps no trace, and prints as a card. */
import { Button } from "#design/button.tsx";
import { SelectField } from "#design/field.tsx";
import { Icon } from "#design/icon.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import lines from "virtual:content/crisis/lines";
import { linesFor } from "../crisis.ts";
import { CrisisLineCard } from "./crisis-line.tsx";
import { words } from "./crisis-words.ts";
import { useCountry } from "./home-country.ts";
import style from "./crisis.module.css";

const KINDS = ["emergency", "anyone", "doctors"] as const;
const ELSEWHERE = "*";

export function Crisis() {
  const [country, pick] = useCountry();
  const shown = linesFor(country, lines);
  return (
    <Page title={words.title} lead={words.lead}>
      <div data-print="never">
        <SelectField
          label={words.country}
          zone={readBy.thisDevice}
          value={country}
          options={countryOptions(country)}
          onChange={pick}
        />
      </div>
      <p data-print="only">{countryName(country)}</p>
      {shown.fallback && (
        <Notice>
          <p>
            {country === ELSEWHERE ? words.fallbackElsewhere : words.fallback(countryName(country))}
          </p>
        </Notice>
      )}
      {KINDS.map(
        (kind) =>
          shown[kind].length > 0 && (
            <Section
              key={kind}
              title={words.kinds[kind]}
              lead={kind === "doctors" ? words.doctorsLead : undefined}
            >
              <ul className={style["lines"]}>
                {shown[kind].map((line) => (
                  <CrisisLineCard key={line.id} line={line} unverifiedNote={lines.unverifiedNote} />
                ))}
              </ul>
            </Section>
          ),
      )}
      <p className={style["also"]}>{words.also}</p>
      <Button icon={<Icon name="print" />} onClick={() => print()}>
        {words.print}
      </Button>
    </Page>
  );
}

/** The countries we know lines for, the one that is shown, and anywhere else. */
function countryOptions(shown: string) {
  const known = lines.lines.map((line) => line.country);
  const named = [...new Set([...known, shown])]
    .filter((country) => country !== ELSEWHERE)
    .map((country) => ({ value: country, text: countryName(country) }))
    .toSorted((a, b) => a.text.localeCompare(b.text));
  return [...named, { value: ELSEWHERE, text: words.elsewhere }];
}

function countryName(country: string): string {
  if (country === ELSEWHERE) return words.elsewhere;
  return new Intl.DisplayNames(undefined, { type: "region" }).of(country) ?? country;
}
