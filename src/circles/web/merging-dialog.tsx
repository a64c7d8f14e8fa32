/** What becoming one with another circle means, said before anybody agrees; and the hours that would suit. */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { Dialog } from "#design/dialog.tsx";
import { FormErrors } from "#design/form-errors.tsx";
import { Notice } from "#design/notice.tsx";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useWalletState } from "#pass/web/wallet-context.tsx";
import { agreeToMerge } from "../merging-contract.ts";
import {
  EmployerWish,
  lacksEmployer,
  wishToMark,
  type EmployerWishForm,
} from "./employer-wish.tsx";
import { useHands } from "./hands-context.ts";
import { HoursGrid } from "./hours-grid.tsx";
import { mergingFormKey } from "./kept-of-circle.ts";
import type { Merging } from "./merging-offer.tsx";
import { words } from "./merging-words.ts";
import { useKeptForm } from "./use-kept-form.ts";
import type { Here } from "./use-place.ts";
import { weekOf } from "./week-text.ts";
import { words as formWords } from "./words.ts";
import style from "./circles.module.css";

interface Form extends EmployerWishForm {
  readonly blocks: readonly number[];
}
type Fault = "hours" | "employer";

const text = words.dialog;
const FORM = "merging";
const faultText: Record<Fault, string> = {
  hours: text.hoursError,
  employer: formWords.form.employerError,
};

export function MergingDialog(props: {
  readonly here: Here;
  readonly circle: string;
  readonly merging: Merging;
  readonly onClose: () => void;
  readonly onAgreed: () => Promise<void>;
}) {
  const { here, circle, merging, onClose, onAgreed } = props;
  const hands = useHands();
  const wallet = useWalletState();
  const [form, setForm, kept] = useKeptForm<Form>(mergingFormKey(circle), {
    blocks: merging.blocks ?? [],
    avoids: merging.avoidsEmployer,
    employer: "",
  });
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const change = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));
  const shown = (fault: Fault) => (faults.includes(fault) ? faultText[fault] : null);

  const send = async () => {
    const found = faultsIn(form);
    setFaults(found);
    setTrouble(null);
    if (found.length > 0) return;
    const mark = wishToMark(form, wallet);
    if (!mark.ok) {
      setTrouble(refusalToWords(mark.refusal));
      return;
    }
    setIsBusy(true);
    const sent = await here.visit.call(agreeToMerge, {
      circle,
      blocks: [...form.blocks],
      employer: mark.value,
    });
    if (sent.ok) {
      kept.clear();
      await onAgreed();
      return;
    }
    setIsBusy(false);
    const own: Readonly<Record<string, string>> = {
      NoSeat: text.NoSeat,
      CannotMerge: text.CannotMerge,
      BadgeEnded: text.BadgeEnded,
    };
    setTrouble(own[sent.refusal.type] ?? refusalToWords(sent.refusal));
  };

  return (
    <Dialog
      open
      title={text.title}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" type="submit" form={FORM} busy={isBusy} busyText={text.sending}>
            {merging.blocks === null ? text.agree : text.change}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {text.cancel}
          </Button>
        </>
      }
    >
      <ul className={style["means"]}>
        {text.means.map((each) => (
          <li key={each}>{each}</li>
        ))}
        {merging.members === 2 && <li>{text.two}</li>}
      </ul>
      <form
        id={FORM}
        className={style["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {faults.length > 0 && (
          <FormErrors title={text.errors} errors={faults.map((fault) => faultText[fault])} />
        )}
        <HoursGrid
          week={weekOf(hands)}
          zone={hands.timeZone}
          chosen={form.blocks}
          error={shown("hours")}
          onChange={(blocks) => change({ blocks })}
        />
        <EmployerWish wish={form} error={shown("employer")} onChange={change} />
        {form.avoids && <p>{text.wish}</p>}
        {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      </form>
    </Dialog>
  );
}

const faultsIn = (form: Form): Fault[] =>
  [
    form.blocks.length === 0 && ("hours" as const),
    lacksEmployer(form) && ("employer" as const),
  ].filter((fault) => fault !== false);
