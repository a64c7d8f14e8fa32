/** After an answer that calls for care: the crisis panel. The next question is one tap away. */
import { Button } from "#design/button.tsx";
import { useArrivalFocus } from "#design/page.tsx";
import type { CheckIn } from "#library/check-in.ts";
import { CrisisPanel } from "./crisis-panel.tsx";
import { FillingStep } from "./filling-step.tsx";
import { words } from "./words.ts";
import style from "./filling.module.css";

/** Care is offered, never imposed. */
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
