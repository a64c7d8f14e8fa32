/** Another time for what is booked: the old one stays until the new one is confirmed. */
import { useState } from "react";
import { useLocation } from "wouter";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { hereZone, Time } from "#design/time.tsx";
import { useToast } from "#design/toast.tsx";
import { useAccount } from "#identity/web/door.tsx";
import { call } from "#platform/web/api.ts";
import { moveBooking, type BookingShown } from "../contract.ts";
import { bookingTrouble } from "./booking-refusals.ts";
import { Confirming } from "./confirming.tsx";
import { usePageTop } from "./page-top.ts";
import { SlotPicker, type Picked } from "./slot-picker.tsx";
import { words } from "./words.ts";

type Step = { readonly at: "choosing" } | { readonly at: "confirming"; readonly picked: Picked };

/** The notice binds the client; a coach may change it until it starts. */
const withOwnRule = (picked: Picked, { side }: BookingShown): Picked =>
  side === "coach" ? { ...picked, cancelNoticeHours: 0 } : picked;

export function MoveBooking({ booking }: { readonly booking: BookingShown }) {
  const account = useAccount();
  const [, navigate] = useLocation();
  const toast = useToast();
  const zone = hereZone();
  const [step, setStep] = useState<Step>({ at: "choosing" });
  const [trouble, setTrouble] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(false);
  usePageTop(step.at);
  const other = booking.with;

  const chooseAgain = (why: string | null) => {
    setTrouble(why);
    setStep({ at: "choosing" });
    setRound((before) => before + 1);
  };

  const move = async ({ start }: Picked) => {
    setBusy(true);
    const moved = await call(moveBooking, { params: { id: booking.id }, body: { start } });
    setBusy(false);
    if (moved.ok) {
      toast({ text: words.book.moved });
      navigate("/coach/sessions", { replace: true });
    } else chooseAgain(bookingTrouble(moved.refusal));
  };

  const old = (
    <p>
      {words.book.now}{" "}
      <Time at={booking.start} zone={zone} otherZone={other.timeZone} otherName={other.name} />
    </p>
  );

  if (step.at === "confirming")
    return (
      <Page key={step.at} title={words.book.moveConfirmTitle} lead={old}>
        <Confirming
          picked={withOwnRule(step.picked, booking)}
          kind={booking.kind}
          zone={zone}
          other={other}
          heldUntil={null}
          busy={busy}
          onConfirm={() => void move(step.picked)}
          onBack={() => chooseAgain(null)}
        />
      </Page>
    );
  return (
    <Page
      key={step.at}
      title={words.book.moveTitle(other.name)}
      lead={
        <>
          {old}
          <p>{words.book.yourTime(zone.replaceAll("_", " "))}</p>
        </>
      }
      zone={readBy.youServerAnd(other.name)}
      back={{ href: "/coach/sessions", text: words.sessions.title }}
      width="wide"
    >
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <SlotPicker
        coach={booking.side === "client" ? other.id : account.id}
        kind={booking.kind}
        zone={zone}
        round={round}
        busy={busy}
        onPick={(picked) => setStep({ at: "confirming", picked })}
      />
    </Page>
  );
}
