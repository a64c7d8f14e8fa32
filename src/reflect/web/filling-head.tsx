/** What stands at the head of every step: how far along one is, who can read it, and a way to begin anew. */
import { Link } from "wouter";
import { Steps } from "#design/steps.tsx";
import { words as designWords } from "#design/words.ts";
import { ZoneMark } from "#design/zone-mark.tsx";
import type { CheckIn } from "#library/check-in.ts";
import { stepCount } from "./filling-place.ts";
import { words } from "./words.ts";
import style from "./filling.module.css";

export function FillingHead(props: {
  readonly checkIn: CheckIn;
  readonly at: number;
  readonly text: string;
  readonly onStartOver?: (() => void) | undefined;
}) {
  const { checkIn, at, text, onStartOver } = props;
  return (
    <div className={style["head"]}>
      <Steps at={at} of={stepCount(checkIn)} text={text} />
      <ZoneMark zone="sealed" readers={designWords.readers.onlyYou} />
      {onStartOver !== undefined && (
        <p className={style["resumed"]} role="status">
          {words.filling.resumed}{" "}
          <button type="button" className={style["startOver"]} onClick={onStartOver}>
            {words.filling.startOver}
          </button>
        </p>
      )}
    </div>
  );
}

/** Stays in sight for the rest of a check-in once an answer has called for it. */
export function CareReminder() {
  return (
    <Link href="/crisis" className={style["reminder"]}>
      {words.filling.lines}
    </Link>
  );
}
