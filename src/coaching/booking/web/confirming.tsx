/** Is this right? What is about to be booked or moved, with the rule it stands under, before anything is sent. */
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { momentText, Time } from "#design/time.tsx";
import { serverNow } from "#platform/web/clock.ts";
import type { SessionKind } from "../availability.ts";
import type { Picked } from "./slot-picker.tsx";
import { words } from "./words.ts";
import style from "./booking.module.css";

export interface ConfirmingProps {
  readonly picked: Picked;
  readonly kind: SessionKind;
  /** The reader's zone. */
  readonly zone: string;
  readonly other: { readonly name: string; readonly timeZone: string };
  /** Null for a move: the new time is taken only by confirming. */
  readonly heldUntil: string | null;
  readonly busy: boolean;
  readonly onConfirm: () => void;
  readonly onBack: () => void;
}

export function Confirming(props: ConfirmingProps) {
  const { picked, kind, zone, other, heldUntil, busy, onConfirm, onBack } = props;
  const text = words.book;
  const start = Temporal.Instant.fromEpochMilliseconds(picked.start * 60_000);
  return (
    <>
      <div className={style["summary"]}>
        <p className={style["when"]}>
          <Time at={start} zone={zone} otherZone={other.timeZone} otherName={other.name} />
        </p>
        <p>{text.what(text.kinds[kind], picked.lengthMinutes, other.name)}</p>
        <p className={style["quiet"]}>{ruleText(start, picked.cancelNoticeHours, zone)}</p>
        <p className={style["quiet"]}>{text.mail}</p>
        {heldUntil !== null && (
          <p className={style["quiet"]}>
            {text.held(momentText(Temporal.Instant.from(heldUntil), zone, "time"))}
          </p>
        )}
      </div>
      <Actions>
        <Button kind="primary" busy={busy} busyText={text.confirming} onClick={onConfirm}>
          {heldUntil === null ? text.move : text.confirm}
        </Button>
        <Button kind="quiet" onClick={onBack}>
          {text.giveBack}
        </Button>
      </Actions>
    </>
  );
}

/** Until when a client may change it alone; where that is past already, that is said before and not after. */
function ruleText(start: Temporal.Instant, noticeHours: number, zone: string): string {
  if (noticeHours === 0) return words.book.ruleUntilStart;
  const until = start.subtract({ hours: noticeHours });
  return until.epochMilliseconds <= serverNow()
    ? words.book.ruleTooLate(noticeHours)
    : words.book.rule(momentText(until, zone, "short"));
}
