/**
 * Booking a time with one coach: choose, it is held, agree once, confirm exactly once. With ?move=ID it
 * moves a booking instead.
 */
import { useEffect, useState } from "react";
import { useLocation, useParams, useSearchParams } from "wouter";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Choice } from "#design/choice.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { PageSkeleton } from "#design/skeleton.tsx";
import { hereZone, momentText, Time } from "#design/time.tsx";
import { useToast } from "#design/toast.tsx";
import { words as designWords } from "#design/words.ts";
import { ZoneMark } from "#design/zone-mark.tsx";
import { useAccount } from "#identity/web/door.tsx";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import type { SessionKind } from "../availability.ts";
import {
  acceptAgreement,
  confirmBooking,
  dropHold,
  holdSlot,
  moveBooking,
  readAgreements,
} from "../contract.ts";
import { useCoaches } from "../../directory/web/coach-index.ts";
import type { Coach } from "../../directory/coach.ts";
import { AgreementText, agreementVersion } from "./agreement.tsx";
import { SlotPicker } from "./slot-picker.tsx";
import { words } from "./words.ts";
import style from "./booking.module.css";

export function Book() {
  const { id = "" } = useParams<{ id: string }>();
  const [index] = useCoaches();
  if (index.at === "loading") return <PageSkeleton label={words.book.looking} />;
  const coach = index.at === "shown" ? index.coaches.find((each) => each.id === id) : undefined;
  if (!coach)
    return (
      <Page title={words.sessions.title}>
        <EmptyState
          text={index.at === "failed" ? index.why : refusalToWords({ type: "NotFound" })}
          action={<LinkButton href="/coach">{words.sessions.noneAction}</LinkButton>}
        />
      </Page>
    );
  return <BookWith coach={coach} />;
}

interface Held {
  readonly booking: string;
  readonly heldUntil: string;
  readonly start: number;
  readonly lengthMinutes: number;
  readonly cancelNoticeHours: number;
}

type Step =
  | { readonly at: "choosing" }
  | { readonly at: "agreeing"; readonly held: Held }
  | { readonly at: "confirming"; readonly held: Held };

function BookWith({ coach }: { readonly coach: Coach }) {
  const account = useAccount();
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const toast = useToast();
  const moving = search.get("move");
  const zone = hereZone();
  const [kind, setKind] = useState<SessionKind>(
    moving === null && coach.price.freeChemistryCall
      ? "chemistry"
      : ((search.get("kind") ?? "session") as SessionKind),
  );
  const [step, setStep] = useState<Step>({ at: "choosing" });
  const [agreed, setAgreed] = useState<boolean | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    void call(readAgreements, {}).then((read) => {
      if (read.ok)
        setAgreed(
          read.value.accepted.some(
            (each) => each.coach === coach.id && each.version === read.value.current,
          ),
        );
    });
  }, [coach.id]);

  const again = (why: string) => {
    setTrouble(why);
    setStep({ at: "choosing" });
    setRound((before) => before + 1);
  };
  const troubleOf = (refusal: {
    type: string;
    detail?: Readonly<Record<string, string | number>>;
  }): string => {
    if (refusal.type === "SlotTaken") return words.book.taken;
    if (refusal.type === "OwnHour") return words.book.ownHour;
    if (refusal.type === "HoldExpired") return words.book.expired;
    return refusal.type === "TooLate" ? words.sessions.tooLate : refusalToWords(refusal);
  };

  const pick = async (
    start: number,
    slots: { lengthMinutes: number; cancelNoticeHours: number },
  ) => {
    setBusy(true);
    setTrouble(null);
    if (moving !== null) {
      const moved = await call(moveBooking, { params: { id: moving }, body: { start } });
      setBusy(false);
      if (!moved.ok) {
        again(troubleOf(moved.refusal));
        return;
      }
      toast({ text: words.book.moved });
      navigate("/coach/sessions");
      return;
    }
    const held = await call(holdSlot, { body: { coach: coach.id, kind, start } });
    setBusy(false);
    if (!held.ok) {
      again(troubleOf(held.refusal));
      return;
    }
    const { lengthMinutes, cancelNoticeHours } = slots;
    const hold = { ...held.value, start, lengthMinutes, cancelNoticeHours };
    setStep({ at: agreed === true ? "confirming" : "agreeing", held: hold });
  };

  const giveBack = (held: Held) => {
    void call(dropHold, { params: { id: held.booking } });
    setStep({ at: "choosing" });
    setRound((before) => before + 1);
  };

  const accept = async (held: Held) => {
    setBusy(true);
    const accepted = await call(acceptAgreement, {
      body: { coach: coach.id, version: agreementVersion },
    });
    setBusy(false);
    if (!accepted.ok) {
      setTrouble(
        accepted.refusal.type === "VersionOutdated"
          ? words.agreement.outdated
          : refusalToWords(accepted.refusal),
      );
      return;
    }
    setAgreed(true);
    setTrouble(null);
    setStep({ at: "confirming", held });
  };

  const confirm = async (held: Held) => {
    setBusy(true);
    const confirmed = await call(confirmBooking, { body: { hold: held.booking } });
    setBusy(false);
    if (confirmed.ok) navigate("/coach/sessions", { replace: true });
    else if (confirmed.refusal.type === "AgreementNeeded") setStep({ at: "agreeing", held });
    else if (confirmed.refusal.type === "HoldExpired") again(words.book.expired);
    else setTrouble(refusalToWords(confirmed.refusal));
  };

  const notice = trouble !== null && <Notice kind="refusal">{trouble}</Notice>;

  if (step.at === "agreeing")
    return (
      <Page
        title={words.book.title(coach.name)}
        zone={<ZoneMark zone="named" readers={designWords.readers.youAnd(coach.name)} />}
      >
        {notice}
        <AgreementText
          busy={busy}
          onAccept={() => void accept(step.held)}
          onBack={() => giveBack(step.held)}
        />
      </Page>
    );

  if (step.at === "confirming") {
    const { held } = step;
    const instant = (minute: number) => Temporal.Instant.fromEpochMilliseconds(minute * 60_000);
    const until = momentText(Temporal.Instant.from(held.heldUntil), zone, "time");
    return (
      <Page title={words.book.confirmTitle}>
        {notice}
        <div className={style["summary"]}>
          <p className={style["when"]}>
            <Time
              at={instant(held.start)}
              zone={zone}
              otherZone={coach.timeZone}
              otherName={coach.name}
            />
          </p>
          <p>
            {words.book.kinds[kind]}, {words.book.minutes(held.lengthMinutes)}, {coach.name}
          </p>
          <p className={style["quiet"]}>{words.book.rule(held.cancelNoticeHours)}</p>
          <p className={style["quiet"]}>{words.book.mail}</p>
          <p className={style["quiet"]}>{words.book.held(until)}</p>
        </div>
        <Actions>
          <Button
            kind="primary"
            busy={busy}
            busyText={words.book.confirming}
            onClick={() => void confirm(held)}
          >
            {words.book.confirm}
          </Button>
          <Button kind="quiet" onClick={() => giveBack(held)}>
            {words.book.giveBack}
          </Button>
        </Actions>
      </Page>
    );
  }

  return (
    <Page
      title={moving === null ? words.book.title(coach.name) : words.book.moveTitle}
      lead={words.book.yourTime(zone.replaceAll("_", " "))}
      zone={<ZoneMark zone="named" readers={designWords.readers.youAnd(coach.name)} />}
      back={{
        href: moving === null ? `/coach/with/${coach.id}` : "/coach/sessions",
        text: moving === null ? coach.name : words.sessions.title,
      }}
      width="wide"
    >
      {moving === null && coach.price.freeChemistryCall && account.id !== coach.id && (
        <Choice
          label={words.book.kind}
          columns={2}
          options={(["chemistry", "session"] as const).map((value) => ({
            value,
            text: words.book.kinds[value]!,
            ...(value === "chemistry" ? { note: words.book.freeCall } : {}),
          }))}
          value={kind}
          onChange={(value) => setKind(value as SessionKind)}
        />
      )}
      {notice}
      <h2>{words.book.choose}</h2>
      <SlotPicker
        coach={coach.id}
        kind={kind}
        zone={zone}
        round={round}
        busy={busy}
        onPick={(start, slots) => void pick(start, slots)}
      />
    </Page>
  );
}
