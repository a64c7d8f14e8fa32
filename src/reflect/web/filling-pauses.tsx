/** The screens of a check-in that ask nothing: before it, after a long gap, and after an answer that calls for care. */
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Page, useArrivalFocus } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { dayText } from "#design/time.tsx";
import type { CheckIn } from "#library/check-in.ts";
import { CrisisPanel } from "./crisis-panel.tsx";
import { AsideLine, type Aside } from "./filling-aside.tsx";
import { FillingStep } from "./filling-step.tsx";
import { words } from "./words.ts";
import style from "./filling.module.css";

const backToReflect = { href: "/reflect", text: words.filling.leave };

export function Opening(props: {
  readonly checkIn: CheckIn;
  readonly aside: Aside | undefined;
  readonly onBegin: () => void;
}) {
  const { checkIn, aside, onBegin } = props;
  return (
    <Page
      title={checkIn.title}
      back={backToReflect}
      zone={readBy.onlyYou}
      action={
        <Button kind="primary" onClick={onBegin}>
          {words.filling.begin}
        </Button>
      }
    >
      <p>{checkIn.before}</p>
      <p className={style["quiet"]}>{checkIn.label}</p>
      <AsideLine aside={aside} />
    </Page>
  );
}

export function OldOne(props: { on: string; onAfresh: () => void; onGoOn: () => void }) {
  return (
    <Page
      title={words.filling.oldTitle}
      lead={words.filling.old(dayText(props.on, "full"))}
      back={backToReflect}
      zone={readBy.onlyYou}
      action={
        <Actions>
          <Button kind="primary" onClick={props.onAfresh}>
            {words.filling.afresh}
          </Button>
          <Button onClick={props.onGoOn}>{words.filling.goOnOld}</Button>
        </Actions>
      }
    />
  );
}

/** The next question is always one tap away: care is offered, never imposed. */
export function AfterCare(props: {
  checkIn: CheckIn;
  index: number;
  onBack: () => void;
  onGoOn: () => void;
}) {
  const heading = useArrivalFocus();
  return (
    <FillingStep
      checkIn={props.checkIn}
      at={props.index + 1}
      onBack={props.onBack}
      hasCare={false}
      isLong
      onGoOn={
        <Button kind="primary" onClick={props.onGoOn}>
          {words.filling.goOn}
        </Button>
      }
    >
      <h1 ref={heading} tabIndex={-1} className={style["title"]}>
        {words.filling.afterCare}
      </h1>
      <CrisisPanel />
    </FillingStep>
  );
}
