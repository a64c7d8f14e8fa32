/** The last two steps of a full check-in: what weighs most, and a line in one's own words. */
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { TextArea } from "#design/field.tsx";
import { Icon } from "#design/icon.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { VisuallyHidden } from "#design/visually-hidden.tsx";
import type { CheckIn } from "#library/check-in.ts";
import { DriverPicker } from "#library/web/driver-picker.tsx";
import drivers from "virtual:content/check-in/drivers";
import { itemsCallingForCare, type CheckInDraft } from "../questionnaire.ts";
import { CrisisHint, CrisisPanel } from "./crisis-panel.tsx";
import { words as crisisWords } from "./crisis-words.ts";
import { useCrisisWatch } from "./crisis-watch.ts";
import { CareReminder, FillingHead } from "./filling-head.tsx";
import type { Finishing } from "./filling.tsx";
import { words } from "./words.ts";

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
    readonly onStartOver: (() => void) | undefined;
  },
) {
  const { checkIn, draft, onChange, onBack, onNext } = props;
  return (
    <Page
      title={words.filling.drivers}
      lead={checkIn.drivers?.text}
      action={<Ways onBack={onBack} onGoOn={onNext} text={words.filling.next} />}
    >
      <FillingHead
        checkIn={checkIn}
        at={checkIn.items.length + 1}
        text={checkIn.title}
        onStartOver={props.onStartOver}
      />
      <DriverPicker
        drivers={drivers}
        picked={draft.drivers}
        atMost={checkIn.drivers?.atMost}
        onChange={(picked) => onChange({ ...draft, drivers: picked })}
      />
      {itemsCallingForCare(checkIn, draft.answers).length > 0 && <CareReminder />}
    </Page>
  );
}

export function WordsStep(
  props: StepProps & { readonly finishing: Finishing; readonly onFinish: () => void },
) {
  const { checkIn, draft, finishing, onChange, onBack, onFinish } = props;
  const level = useCrisisWatch(draft.words);
  return (
    <Page
      title={words.filling.words}
      action={
        <Ways
          onBack={onBack}
          onGoOn={onFinish}
          text={words.filling.finish}
          busy={finishing === "under-way"}
        />
      }
    >
      <FillingHead checkIn={checkIn} at={checkIn.items.length + 2} text={checkIn.title} />
      <TextArea
        label={checkIn.words?.text ?? words.filling.words}
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
      {finishing === "not-kept" && <Notice kind="refusal">{words.filling.notKept}</Notice>}
      {itemsCallingForCare(checkIn, draft.answers).length > 0 && <CareReminder />}
    </Page>
  );
}

function Ways(props: { onBack: () => void; onGoOn: () => void; text: string; busy?: boolean }) {
  return (
    <Actions>
      <Button
        kind="primary"
        busy={props.busy}
        busyText={words.filling.finishing}
        onClick={props.onGoOn}
      >
        {props.text}
      </Button>
      <Button kind="quiet" icon={<Icon name="back" />} onClick={props.onBack}>
        {words.filling.back}
      </Button>
    </Actions>
  );
}
