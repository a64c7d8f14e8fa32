/** The agreement of a coach and a client, shown and accepted before the first booking. */
import agreement from "virtual:content/agreement/agreement";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Section } from "#design/section.tsx";
import { dayText } from "#design/time.tsx";
import { words } from "./words.ts";
import style from "./booking.module.css";

export const agreementVersion = String(agreement.version);

export function AgreementText(props: {
  readonly busy: boolean;
  readonly onAccept: () => void;
  readonly onBack: () => void;
}) {
  return (
    <div className={style["agreement"]}>
      <p>{agreement.intro}</p>
      {agreement.sections.map((section) => (
        <Section key={section.id} title={section.title} lead={section.brief}>
          {section.text.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </Section>
      ))}
      <p className={style["quiet"]}>{agreement.note}</p>
      <p className={style["quiet"]}>
        {words.agreement.dated(agreementVersion, dayText(agreement.dated, "full"))}
      </p>
      <p>{agreement.acceptClient}</p>
      <Actions>
        <Button kind="primary" busy={props.busy} onClick={props.onAccept}>
          {words.agreement.accept}
        </Button>
        <Button kind="quiet" onClick={props.onBack}>
          {words.agreement.back}
        </Button>
      </Actions>
    </div>
  );
}
