/** The switch of the weekly letter. The letter may be ended from a mailbox meanwhile, so it is asked for anew. */
import { useEffect, useRef, useState } from "react";
import { Checkbox } from "#design/checkbox.tsx";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { useToast } from "#design/toast.tsx";
import type { WireRefusal } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { chooseWeeklyLetter } from "../contract.ts";
import { useAccount, useDoor } from "./door.tsx";
import { words } from "./words.ts";
import style from "./identity.module.css";

const text = words.account;

export function WeeklyLetter() {
  const account = useAccount();
  const { reload } = useDoor();
  const toast = useToast();
  const [isBusy, setIsBusy] = useState(false);
  /** Shown from the tap on; null where nothing was chosen here, or it was refused. */
  const [chosen, setChosen] = useState<boolean | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const reloadOnce = useRef(reload);
  useEffect(() => void reloadOnce.current(), []);

  const choose = async (wanted: boolean) => {
    // Not switched off meanwhile: whoever uses the keyboard would lose their place.
    if (isBusy) return;
    setIsBusy(true);
    setChosen(wanted);
    const told = await call(chooseWeeklyLetter, { body: { wanted } });
    setIsBusy(false);
    setTrouble(told.ok ? null : troubleText(told.refusal, account.email));
    if (!told.ok) {
      setChosen(null);
      return;
    }
    toast({ text: wanted ? text.letterOn : text.letterOff });
    await reload();
  };

  return (
    // Circles lead here by this name.
    <div id="weekly-letter">
      <Section title={text.letterTitle} lead={text.letterLead}>
        <div className={style["form"]}>
          <p>{text.letterAbout}</p>
          <Checkbox
            label={text.letterSwitch}
            hint={
              account.addressConfirmed
                ? text.letterHint(account.email)
                : text.letterUnconfirmed(account.email)
            }
            zone={readBy.server}
            checked={chosen ?? account.weeklyLetter}
            disabled={!account.addressConfirmed}
            onChange={(wanted) => void choose(wanted)}
          />
          {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
        </div>
      </Section>
    </div>
  );
}

const troubleText = (refusal: WireRefusal, email: string): string =>
  refusal.type === "AddressNotConfirmed" ? text.letterUnconfirmed(email) : refusalToWords(refusal);
