/** For a verified member with a colleague's code: see who it is, then vouch, or leave without a trace. */
import { useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Facts } from "#design/facts.tsx";
import { TextField } from "#design/field.tsx";
import { focusFirstFault } from "#design/first-fault.ts";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import type { AnswerOf, WireRefusal } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useDraft } from "#vault/web/safe-context.tsx";
import { typedToCode } from "../invitation.ts";
import { lookVouch, vouch } from "../verification-contract.ts";
import { words } from "./verification-words.ts";
import { words as identityWords } from "./words.ts";
import style from "./verification.module.css";

type Seen = AnswerOf<typeof lookVouch>;

type Step =
  | { readonly at: "typing"; readonly isShown: boolean }
  | { readonly at: "looking" }
  | { readonly at: "seen" | "vouching"; readonly seen: Seen }
  | { readonly at: "left" }
  | { readonly at: "done"; readonly name: string };

const TYPING: Step = { at: "typing", isShown: false };

export function VouchForColleague() {
  const text = words.vouch;
  const [code, setCode, draft] = useDraft("identity/vouch", "");
  const [step, setStep] = useState<Step>(TYPING);
  const [trouble, setTrouble] = useState<string | null>(null);
  const clear = () => {
    setCode("");
    draft.clear();
  };
  const look = async () => {
    setStep({ at: "looking" });
    setTrouble(null);
    const looked = await call(lookVouch, { body: { code } });
    if (!looked.ok) setTrouble(refusedWords(looked.refusal));
    setStep(looked.ok ? { at: "seen", seen: looked.value } : TYPING);
  };
  const say = async (seen: Seen) => {
    setStep({ at: "vouching", seen });
    setTrouble(null);
    const said = await call(vouch, { body: { code } });
    if (!said.ok) {
      setTrouble(refusedWords(said.refusal));
      // Where only the way there failed, the person stays in sight and it can be said again.
      const isRefused = said.refusal.type in text.refusals;
      setStep(isRefused ? TYPING : { at: "seen", seen });
      return;
    }
    clear();
    setStep({ at: "done", name: seen.name });
  };
  const leave = () => {
    clear();
    setTrouble(null);
    setStep({ at: "left" });
  };
  return (
    <Page title={text.title} lead={text.lead} back={text.back} zone={readBy.server}>
      {step.at === "done" && (
        <div className={style["stack"]}>
          <Notice kind="warm" title={text.doneTitle} live="polite">
            {text.done(step.name)}
          </Notice>
          <Actions>
            <Button onClick={() => setStep(TYPING)}>{text.another}</Button>
          </Actions>
        </div>
      )}
      {(step.at === "seen" || step.at === "vouching") && (
        <Person
          seen={step.seen}
          busy={step.at === "vouching"}
          trouble={trouble}
          onVouch={() => void say(step.seen)}
          onLeave={leave}
        />
      )}
      {(step.at === "typing" || step.at === "looking" || step.at === "left") && (
        <form
          className={style["form"]}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (step.at === "looking") return;
            if (typedToCode(code) !== null) void look();
            else {
              setStep({ at: "typing", isShown: true });
              focusFirstFault(event.currentTarget);
            }
          }}
        >
          {step.at === "left" && <Notice live="polite">{text.left}</Notice>}
          <TextField
            label={text.code}
            zone={readBy.server}
            hint={text.codeHint}
            value={code}
            error={
              step.at === "typing" && step.isShown && typedToCode(code) === null
                ? text.codeError
                : null
            }
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={60}
            onChange={(typed) => {
              setCode(typed);
              setTrouble(null);
            }}
          />
          {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
          <Button kind="primary" type="submit" busy={step.at === "looking"} busyText={text.looking}>
            {text.look}
          </Button>
        </form>
      )}
    </Page>
  );
}

function Person(props: {
  readonly seen: Seen;
  readonly busy: boolean;
  readonly trouble: string | null;
  readonly onVouch: () => void;
  readonly onLeave: () => void;
}) {
  const text = words.vouch;
  const { seen, busy, trouble, onVouch, onLeave } = props;
  const onLicence = `${seen.givenName} ${seen.familyName}`.trim();
  return (
    <Section title={text.isTitle} lead={text.sure}>
      <Facts
        facts={[
          { term: text.onLicence, value: onLicence },
          { term: text.calledHere, value: seen.name },
          { term: text.stage, value: identityWords.join.stages[seen.stage] },
        ]}
      />
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <Actions>
        <Button kind="primary" busy={busy} busyText={text.vouching} onClick={onVouch}>
          {text.vouch}
        </Button>
        <Button onClick={onLeave}>{text.leave}</Button>
      </Actions>
    </Section>
  );
}

const refusedWords = (refusal: WireRefusal): string =>
  words.vouch.refusals[refusal.type] ?? refusalToWords(refusal);
