/** What a chosen file is, before it is added: the scorer it fits, its questions, and how its values run. */
import { Disclosure } from "#design/disclosure.tsx";
import { Facts } from "#design/facts.tsx";
import { Notice } from "#design/notice.tsx";
import type { FormFault } from "../form-fault.ts";
import { faultToWords } from "../fault-words.ts";
import type { Instrument } from "../instrument.ts";
import { words } from "./steward-words.ts";
import { words as memberWords } from "./words.ts";
import style from "./instrument.module.css";

export function FaultsTold({ faults }: { readonly faults: readonly FormFault[] }) {
  return (
    <Notice kind="refusal" title={words.faultsTitle}>
      <ul className={style["fault"]}>
        {faults.map(faultToWords).map((said, index) => (
          // Two items may lack the same thing.
          <li key={`${index} ${said}`}>{said}</li>
        ))}
      </ul>
    </Notice>
  );
}

export function FileTold({ instrument }: { readonly instrument: Instrument }) {
  const { form, scorer, asked } = instrument;
  const version = form.version === null ? "" : words.version(form.version);
  return (
    <>
      <Notice title={words.fitsTitle(scorer.title)} live="polite">
        <p>
          {form.title} {version}
        </p>
      </Notice>
      <Facts
        facts={[
          { term: words.scales, value: scorer.scales.map(({ name }) => name).join(", ") },
          { term: words.knownTerms, value: scorer.terms },
          ...(form.copyright === null ? [] : [{ term: words.fileSays, value: form.copyright }]),
        ].filter(({ value }) => value !== "")}
      />
      <Disclosure summary={words.items(asked.length)}>
        <p>{words.values}</p>
        <ol className={style["fault"]}>
          {asked.map(({ question }) => (
            <li key={question.linkId}>
              {question.text}
              <ul className={style["conventions"]}>
                {answersIn(instrument, question.linkId).map((said) => (
                  <li key={said}>{said}</li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      </Disclosure>
    </>
  );
}

function answersIn(instrument: Instrument, linkId: string): readonly string[] {
  const { question, place, pointsByAnswer } = instrument.askedByLinkId.get(linkId)!;
  switch (question.kind) {
    case "choice":
      return question.options.map(({ answer, text }) =>
        words.option(place < 0 ? null : pointsByAnswer.get(answer)!, text),
      );
    case "integer":
      return [`${question.min}-${question.max}`];
    case "boolean":
      return [words.option(1, memberWords.yes), words.option(0, memberWords.no)];
  }
}
