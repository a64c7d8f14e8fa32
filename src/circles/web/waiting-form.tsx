/** What somebody waits for: said as a doctor, chosen from what many could choose, and kept here until it is taken in. */
import { useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Checkbox } from "#design/checkbox.tsx";
import { Choice } from "#design/choice.tsx";
import { Choices } from "#design/choices.tsx";
import { SelectField } from "#design/field.tsx";
import { FormErrors } from "#design/form-errors.tsx";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useWalletState } from "#pass/web/wallet-context.tsx";
import { waitForCircle } from "../contract.ts";
import { MOST_THEMES } from "../waiting.ts";
import {
  EmployerWish,
  lacksEmployer,
  wishToMark,
  type EmployerWishForm,
} from "./employer-wish.tsx";
import { useHands } from "./hands-context.ts";
import { HoursGrid } from "./hours-grid.tsx";
import { Norms, NORMS, normsVersion } from "./norms.tsx";
import { useKeptForm } from "./use-kept-form.ts";
import type { Here } from "./use-place.ts";
import { allThemes, weekOf } from "./week-text.ts";
import { words } from "./words.ts";
import style from "./circles.module.css";

interface Form extends EmployerWishForm {
  readonly themes: readonly string[];
  readonly blocks: readonly number[];
  readonly stage: number | null;
  readonly language: string;
  readonly accepts: boolean;
}

type Fault = "themes" | "stage" | "hours" | "employer" | "norms";

const text = words.form;

export function WaitingForm(props: {
  readonly here: Here;
  readonly onDone: () => Promise<void>;
  /** Set where something is waited for already. */
  readonly onCancel?: () => void;
}) {
  const { here, onDone, onCancel } = props;
  const hands = useHands();
  const wallet = useWalletState();
  const { waiting, avoidsEmployer } = here.place;
  const [form, setForm, kept] = useKeptForm<Form>(`circle waiting ${here.own.keys.pseudonym}`, {
    themes: waiting?.themes ?? [],
    blocks: waiting?.blocks ?? [],
    stage: waiting?.stage ?? null,
    language: waiting?.language ?? hands.languages[0]?.id ?? "en",
    avoids: avoidsEmployer,
    employer: "",
    accepts: waiting !== null,
  });
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const change = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));
  const faultText = (fault: Fault) => (faults.includes(fault) ? text[`${fault}Error`] : null);

  const send = async () => {
    const found = faultsIn(form);
    setFaults(found);
    setTrouble(null);
    if (found.length > 0 || form.stage === null) return;
    const mark = wishToMark(form, wallet);
    if (!mark.ok) {
      setTrouble(refusalToWords(mark.refusal));
      return;
    }
    setIsBusy(true);
    const { themes, blocks, stage, language } = form;
    const sent = await here.visit.call(waitForCircle, {
      waiting: {
        themes: [...themes],
        blocks: [...blocks],
        stage,
        language,
        employer: mark.value,
      },
    });
    setIsBusy(false);
    if (!sent.ok) {
      const own = { Seated: text.Seated, BadgeEnded: text.BadgeEnded } as Record<string, string>;
      setTrouble(
        own[sent.refusal.type] ?? words.refused[sent.refusal.type] ?? refusalToWords(sent.refusal),
      );
      return;
    }
    kept.clear();
    hands.keeping.keepLater(NORMS, { version: normsVersion });
    await onDone();
  };

  return (
    <Section title={waiting === null ? text.title : text.change}>
      <form
        className={style["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {faults.length > 0 && (
          <FormErrors title={text.errors} errors={faults.map((fault) => text[`${fault}Error`])} />
        )}
        <Choices
          label={text.themes}
          hint={text.themesHint}
          zone={readBy.namelessly}
          most={MOST_THEMES}
          columns={2}
          options={allThemes.map(({ id, name, about }) => ({ value: id, text: name, note: about }))}
          values={form.themes}
          error={faultText("themes")}
          onChange={(themes) => change({ themes })}
        />
        <Choice
          label={text.stage}
          zone={readBy.namelessly}
          options={text.stages.map((stage, at) => ({ value: String(at), text: stage }))}
          value={form.stage === null ? null : String(form.stage)}
          error={faultText("stage")}
          onChange={(stage) => change({ stage: Number(stage) })}
        />
        <HoursGrid
          week={weekOf(hands)}
          zone={hands.timeZone}
          chosen={form.blocks}
          error={faultText("hours")}
          onChange={(blocks) => change({ blocks })}
        />
        <SelectField
          label={text.language}
          zone={readBy.namelessly}
          value={form.language}
          options={hands.languages.map(({ id, name }) => ({ value: id, text: name }))}
          onChange={(language) => change({ language })}
        />
        <EmployerWish wish={form} error={faultText("employer")} onChange={change} />
        <section className={style["agree"]} aria-label={text.norms}>
          <h3>{text.norms}</h3>
          <Norms />
          <Checkbox
            label={text.normsAccept}
            zone={readBy.onlyYou}
            checked={form.accepts}
            error={faultText("norms")}
            onChange={(accepts) => change({ accepts })}
          />
        </section>
        {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
        <Actions>
          <Button kind="primary" type="submit" busy={isBusy} busyText={text.sending}>
            {waiting === null ? text.send : text.sendChange}
          </Button>
          {onCancel !== undefined && (
            <Button
              kind="quiet"
              onClick={() => {
                kept.clear();
                onCancel();
              }}
            >
              {text.cancel}
            </Button>
          )}
        </Actions>
      </form>
    </Section>
  );
}

const faultsIn = (form: Form): Fault[] =>
  [
    form.themes.length === 0 && ("themes" as const),
    form.stage === null && ("stage" as const),
    form.blocks.length === 0 && ("hours" as const),
    lacksEmployer(form) && ("employer" as const),
    !form.accepts && ("norms" as const),
  ].filter((fault) => fault !== false);
