/** Whose instrument it is, and who says that it may be used here. */
import { Disclosure } from "#design/disclosure.tsx";
import { Facts, type Fact } from "#design/facts.tsx";
import { Day } from "#design/time.tsx";
import type { CommunityInstrument } from "./community-instruments.ts";
import { words } from "./words.ts";
import style from "./instrument.module.css";

export function LicenceTold({ instrument }: { readonly instrument: CommunityInstrument }) {
  const { form, licence, scorer } = instrument;
  const facts: Fact[] = [
    { term: words.scoredAs, value: scorer.title },
    { term: words.licenceBy, value: licence.by },
    { term: words.licenceTerms, value: licence.terms },
    { term: words.licenceOn, value: <Day on={licence.on} form="short" /> },
  ];
  return (
    <>
      {/* Some may be used only where their notice stays in sight. */}
      {form.copyright !== null && <p className={style["notice"]}>{form.copyright}</p>}
      <Disclosure summary={words.licence}>
        <Facts facts={facts} />
      </Disclosure>
    </>
  );
}
