/** The last two steps of a full check-in: what weighs most, and a line in one's own words. */
import { Button } from "#design/button.tsx";
import { TextArea } from "#design/field.tsx";
import { Notice } from "#design/notice.tsx";
import { useArrivalFocus } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { VisuallyHidden } from "#design/visually-hidden.tsx";
import type { CheckIn } from "#library/check-in.ts";
import { DriverPicker } from "#library/web/driver-picker.tsx";
import drivers from "virtual:content/check-in/drivers";
import { itemsCallingForCare, type CheckInDraft } from "../questionnaire.ts";
import { CrisisHint, CrisisPanel } from "./crisis-panel.tsx";
import { words as crisisWords } from "./crisis-words.ts";
import { useCrisisWatch } from "./crisis-watch.ts";
import type { Aside } from "./filling-aside.tsx";
import { FillingStep } from "./filling-step.tsx";
import type { Finishing } from "./filling.tsx";
import { words } from "./words.ts";
import style from "./filling.module.css";

/** A few pages; the sealed record has room for more, and a line is plenty. */
const LONGEST = 8000;

interface StepProps {
  readonly checkIn: CheckIn;
  readonly draft: CheckInDraft;
  readonly onChange: (draft: CheckInDraft) => void;
  readonly onBack: () => void;
}

export function DriversStep(
  props: StepProps & {
    readonly onNext: () => void;
    readonly aside: Aside | undefined;
  },
) {
  const { checkIn, draft, onChange, onBack, onNext, aside } = props;
  const heading = useArrivalFocus();
  return (
    <FillingStep
      checkIn={checkIn}
      at={checkIn.items.length + 1}
      onBack={onBack}
      aside={aside}
      hasCare={itemsCallingForCare(checkIn, draft.answers).length > 0}
      isLong
      onGoOn={
        <Button kind="primary" onClick={onNext}>
          {words.filling.next}
        </Button>
      }
    >
      <div className={style["ask"]}>
        <h1 ref={heading} tabIndex={-1} className={style["title"]}>
          {words.filling.drivers}
        </h1>
        <p className={style["quiet"]}>{checkIn.drivers?.text}</p>
      </div>
      <DriverPicker
        drivers={drivers}
        zone={readBy.onlyYou}
        picked={draft.drivers}
        atMost={checkIn.drivers?.atMost}
        onChange={(picked) => onChange({ ...draft, drivers: picked })}
      />
    </FillingStep>
  );
}

export function WordsStep(
  props: StepProps & { readonly finishing: Finishing; readonly onFinish: () => void },
) {
  const { checkIn, draft, finishing, onChange, onBack, onFinish } = props;
  const level = useCrisisWatch(draft.words);
  const heading = useArrivalFocus();
  return (
    <FillingStep
      checkIn={checkIn}
      at={checkIn.items.length + 2}
      onBack={onBack}
      hasCare={itemsCallingForCare(checkIn, draft.answers).length > 0}
      isLong
      onGoOn={
        <Button
          kind="primary"
          busy={finishing === "under-way"}
          busyText={words.filling.finishing}
          onClick={onFinish}
        >
          {words.filling.finish}
        </Button>
      }
    >
      <h1 ref={heading} tabIndex={-1} className={style["title"]}>
        {words.filling.words}
      </h1>
      <TextArea
        label={checkIn.words?.text ?? words.filling.words}
        zone={readBy.onlyYou}
        hint={checkIn.words?.hint}
        value={draft.words}
        maxLength={LONGEST}
        onChange={(text) => onChange({ ...draft, words: text })}
      />
      <div role="status">
        {level === "explicit" && <VisuallyHidden>{crisisWords.panel.opened}</VisuallyHidden>}
        {level === "possible" && <CrisisHint />}
      </div>
      {level === "explicit" && <CrisisPanel />}
      {finishing === "not-kept" && (
        <Notice kind="refusal">
          <p>{words.filling.notKept}</p>
        </Notice>
      )}
    </FillingStep>
  );
}
