/** A new time with one coach: chosen, held, agreed once, confirmed exactly once. */
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { Choice } from "#design/choice.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { PageSkeleton } from "#design/skeleton.tsx";
import { readBy } from "#design/readership.ts";
import { hereZone } from "#design/time.tsx";
import { useToast } from "#design/toast.tsx";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useDraft } from "#vault/web/safe-context.tsx";
import type { Coach } from "../../directory/coach.ts";
import type { SessionKind } from "../availability.ts";
import {
  acceptAgreement,
  confirmBooking,
  dropHold,
  holdSlot,
  readAgreements,
} from "../contract.ts";
import { AgreementText, agreementVersion } from "./agreement.tsx";
import { bookingTrouble } from "./booking-refusals.ts";
import { Confirming } from "./confirming.tsx";
import { SlotPicker, type Picked } from "./slot-picker.tsx";
import { usePageTop } from "./page-top.ts";
import { words } from "./words.ts";

interface Held extends Picked {
  readonly booking: string;
  readonly heldUntil: string;
}

type Step =
  | { readonly at: "choosing" }
  | { readonly at: "agreeing"; readonly held: Held }
  | { readonly at: "confirming"; readonly held: Held };

/** Kept sealed on this device while it is being done. */
interface Chosen {
  readonly kind: SessionKind;
  readonly step: Step;
}

export function BookWith(props: {
  readonly coach: Coach;
  /** A free first call is offered, and there was none yet. */
  readonly mayHaveCall: boolean;
}) {
  const { coach, mayHaveCall } = props;
  const [, navigate] = useLocation();
  const toast = useToast();
  const zone = hereZone();
  const [chosen, setChosen, kept] = useDraft<Chosen>(`booking ${coach.id}`, {
    kind: mayHaveCall ? "chemistry" : "session",
    step: { at: "choosing" },
  });
  const { step } = chosen;
  const kind = mayHaveCall ? chosen.kind : "session";
  const setStep = (next: Step) => setChosen((before) => ({ ...before, step: next }));
  const [agreed, setAgreed] = useHasAgreed(coach.id);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(false);
  usePageTop(step.at);

  const chooseAgain = (why: string | null) => {
    setTrouble(why);
    setStep({ at: "choosing" });
    setRound((before) => before + 1);
  };
  // Begun earlier, and left for longer than a time is held.
  useEffect(() => {
    if (!kept.restored || step.at === "choosing") return;
    if (Date.parse(step.held.heldUntil) > Date.now()) return;
    setTrouble(words.book.expired);
    setChosen((before) => ({ ...before, step: { at: "choosing" } }));
  }, [kept.restored, step, setChosen]);

  const pick = async (picked: Picked) => {
    setBusy(true);
    setTrouble(null);
    const held = await call(holdSlot, { body: { coach: coach.id, kind, start: picked.start } });
    setBusy(false);
    if (held.ok)
      setStep({ at: agreed ? "confirming" : "agreeing", held: { ...held.value, ...picked } });
    else chooseAgain(bookingTrouble(held.refusal));
  };

  const giveBack = (held: Held) => {
    void call(dropHold, { params: { id: held.booking } });
    chooseAgain(null);
  };

  const accept = async (held: Held) => {
    setBusy(true);
    const accepted = await call(acceptAgreement, {
      body: { coach: coach.id, version: agreementVersion },
    });
    setBusy(false);
    if (accepted.ok) {
      setAgreed(true);
      setTrouble(null);
      setStep({ at: "confirming", held });
    } else setTrouble(bookingTrouble(accepted.refusal));
  };

  const confirm = async (held: Held) => {
    setBusy(true);
    let confirmed = await call(confirmBooking, { body: { hold: held.booking } });
    if (!confirmed.ok && confirmed.refusal.type === "HoldExpired") {
      // Whoever read the agreement slowly still gets the time, if nobody else has taken it.
      const body = { coach: coach.id, kind, start: held.start };
      const again = await call(holdSlot, { body });
      if (again.ok) confirmed = await call(confirmBooking, { body: { hold: again.value.booking } });
    }
    setBusy(false);
    if (confirmed.ok) {
      kept.clear();
      toast({ text: words.book.booked });
      navigate("/coach/sessions", { replace: true });
    } else if (confirmed.refusal.type === "AgreementNeeded") setStep({ at: "agreeing", held });
    else if (confirmed.refusal.type === "HoldExpired") chooseAgain(words.book.expired);
    else setTrouble(refusalToWords(confirmed.refusal));
  };

  const notice = trouble !== null && <Notice kind="refusal">{trouble}</Notice>;
  const readers = readBy.youServerAnd(coach.name);

  if (!kept.ready) return <PageSkeleton label={words.book.looking} />;
  switch (step.at) {
    case "agreeing":
      return (
        <Page key={step.at} title={words.book.title(coach.name)} zone={readers}>
          {notice}
          <AgreementText
            busy={busy}
            onAccept={() => void accept(step.held)}
            onBack={() => giveBack(step.held)}
          />
        </Page>
      );
    case "confirming":
      return (
        <Page key={step.at} title={words.book.confirmTitle}>
          {notice}
          <Confirming
            picked={step.held}
            kind={kind}
            zone={zone}
            other={coach}
            heldUntil={step.held.heldUntil}
            busy={busy}
            onConfirm={() => void confirm(step.held)}
            onBack={() => giveBack(step.held)}
          />
        </Page>
      );
    case "choosing":
      return (
        <Page
          key={step.at}
          title={words.book.title(coach.name)}
          lead={words.book.yourTime(zone.replaceAll("_", " "))}
          zone={readers}
          back={{ href: `/coach/with/${coach.id}`, text: coach.name }}
          width="wide"
        >
          {mayHaveCall && (
            <Choice
              label={words.book.kind}
              zone={readers}
              columns={2}
              options={(["chemistry", "session"] as const).map((value) => ({
                value,
                text: words.book.kinds[value],
                ...(value === "chemistry" ? { note: words.book.freeCall } : {}),
              }))}
              value={kind}
              onChange={(value) =>
                setChosen((before) => ({ ...before, kind: value as SessionKind }))
              }
            />
          )}
          {notice}
          <SlotPicker
            coach={coach.id}
            kind={kind}
            zone={zone}
            round={round}
            busy={busy}
            onPick={(picked) => void pick(picked)}
          />
        </Page>
      );
  }
}

function useHasAgreed(coach: string) {
  const [agreed, setAgreed] = useState(false);
  useEffect(() => {
    void call(readAgreements, {}).then((read) => {
      if (!read.ok) return;
      const { accepted, current } = read.value;
      setAgreed(accepted.some((each) => each.coach === coach && each.version === current));
    });
  }, [coach]);
  return [agreed, setAgreed] as const;
}
