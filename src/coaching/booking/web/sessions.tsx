/** Sessions of the person, as client and as coach: what comes, and what was. */
import { useCallback, useEffect, useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { Dialog } from "#design/dialog.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import { hereZone, Time } from "#design/time.tsx";
import { useToast } from "#design/toast.tsx";
import { useAccount } from "#identity/web/door.tsx";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useSafe } from "#vault/web/safe-context.tsx";
import type { Safe } from "#vault/web/safe.ts";
import { cancelBooking, readBookings, type BookingShown } from "../contract.ts";
import { words } from "./words.ts";

export type BookingsState =
  | { readonly at: "loading" }
  | { readonly at: "shown"; readonly bookings: readonly BookingShown[] }
  | { readonly at: "failed"; readonly why: string };

/** As they were shown last while this safe is open, so that a screen one comes back to doesn't jump. */
const knownBySafe = new WeakMap<Safe, readonly BookingShown[]>();

export function useBookings(): [BookingsState, () => Promise<void>] {
  const safe = useSafe();
  const [state, setState] = useState<BookingsState>(() => {
    const known = knownBySafe.get(safe);
    return known === undefined ? { at: "loading" } : { at: "shown", bookings: known };
  });
  const load = useCallback(async () => {
    const read = await call(readBookings, {});
    if (read.ok) knownBySafe.set(safe, read.value.bookings);
    const known = knownBySafe.get(safe);
    setState(
      known === undefined && !read.ok
        ? { at: "failed", why: refusalToWords(read.refusal) }
        : { at: "shown", bookings: known ?? [] },
    );
  }, [safe]);
  useEffect(() => {
    void load();
    // A tab that lay open for days shows how things stand now.
    const look = () => {
      if (document.visibilityState === "visible") void load();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [load]);
  return [state, load];
}

export const isUpcoming = (booking: BookingShown): boolean =>
  booking.state === "confirmed" && Date.parse(booking.end) > Date.now();

/** Within the time in which this side may move or cancel it alone. */
const isChangeable = (booking: BookingShown): boolean =>
  isUpcoming(booking) && Date.parse(booking.changeableUntil) > Date.now();

export function Sessions() {
  const [state, load] = useBookings();
  return (
    <Page
      title={words.sessions.title}
      back={{ href: "/coach", text: words.sessions.room }}
      zone={readBy.server}
    >
      {state.at === "loading" && <Skeleton label={words.sessions.loading} lines={4} />}
      {state.at === "failed" && (
        <>
          <Notice kind="refusal">{state.why}</Notice>
          <Actions>
            <Button onClick={() => void load()}>{words.sessions.retry}</Button>
          </Actions>
        </>
      )}
      {state.at === "shown" && <SessionLists bookings={state.bookings} onChange={load} />}
    </Page>
  );
}

export function SessionLists(props: {
  readonly bookings: readonly BookingShown[];
  readonly onChange: () => Promise<void>;
}) {
  const upcoming = props.bookings.filter(isUpcoming);
  const past = props.bookings.filter((booking) => !isUpcoming(booking)).toReversed();
  return (
    <>
      {upcoming.length === 0 ? (
        <EmptyState
          text={words.sessions.none}
          action={
            <LinkButton kind="primary" href="/coach">
              {words.sessions.noneAction}
            </LinkButton>
          }
        />
      ) : (
        <Section title={words.sessions.upcoming}>
          <CardList label={words.sessions.upcoming}>
            {upcoming.map((booking) => (
              <SessionCard key={booking.id} booking={booking} onChange={props.onChange} />
            ))}
          </CardList>
        </Section>
      )}
      {past.length > 0 && (
        <Section title={words.sessions.past}>
          <CardList label={words.sessions.past}>
            {past.map((booking) => (
              <SessionCard key={booking.id} booking={booking} onChange={props.onChange} />
            ))}
          </CardList>
        </Section>
      )}
    </>
  );
}

/** The next few, with all that can be done to them. Under a title of its own it says nothing where nothing is booked. */
export function NextSessions({ title, most }: { readonly title?: string; readonly most: number }) {
  const [state, load] = useBookings();
  const upcoming = state.at === "shown" ? state.bookings.filter(isUpcoming) : [];
  if (state.at === "loading") return <Skeleton label={words.sessions.loading} lines={2} />;
  if (state.at === "shown" && upcoming.length === 0)
    return title === undefined ? <p>{words.sessions.none}</p> : null;
  const content =
    state.at === "failed" ? (
      <Notice>
        <p>{words.sessions.notFetched}</p>
        <Button onClick={() => void load()}>{words.sessions.retry}</Button>
      </Notice>
    ) : (
      <CardList label={words.sessions.upcoming}>
        {upcoming.slice(0, most).map((booking) => (
          <SessionCard key={booking.id} booking={booking} onChange={load} />
        ))}
      </CardList>
    );
  return title === undefined ? content : <Section title={title}>{content}</Section>;
}

function SessionCard({
  booking,
  onChange,
}: {
  readonly booking: BookingShown;
  readonly onChange: () => Promise<void>;
}) {
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const zone = hereZone();
  const isOwnToChange = isChangeable(booking);
  const account = useAccount();
  const coach = booking.side === "client" ? booking.with.id : account.id;

  const title =
    booking.side === "client"
      ? words.sessions.with(booking.with.name)
      : words.sessions.asCoach(booking.with.name);
  const time = (
    <Time
      at={booking.start}
      zone={zone}
      otherZone={booking.with.timeZone}
      otherName={booking.with.name}
    />
  );

  const cancel = async () => {
    setBusy(true);
    const cancelled = await call(cancelBooking, { params: { id: booking.id } });
    setBusy(false);
    setAsking(false);
    if (!cancelled.ok) {
      setTrouble(
        cancelled.refusal.type === "TooLate"
          ? words.sessions.tooLate
          : refusalToWords(cancelled.refusal),
      );
      return;
    }
    toast({ text: words.sessions.cancelDone });
    await onChange();
    // The card and what was pressed on it are gone from here.
    document.getElementById("main")?.focus({ preventScroll: true });
  };

  return (
    <Card
      level={3}
      title={title}
      meta={time}
      actions={
        <Actions>
          {booking.space !== null && (
            <LinkButton href={`/coach/space/${booking.space}`}>{words.sessions.thread}</LinkButton>
          )}
          {isOwnToChange && (
            <LinkButton href={`/coach/book/${coach}?move=${booking.id}`}>
              {words.sessions.move}
            </LinkButton>
          )}
          {isOwnToChange && (
            <Button kind="quiet" onClick={() => setAsking(true)}>
              {words.sessions.cancel}
            </Button>
          )}
        </Actions>
      }
    >
      <p>{words.book.kinds[booking.kind]}</p>
      {booking.state === "cancelled" && (
        <p>
          {words.sessions.cancelled(
            booking.cancelledBy === booking.side ? words.sessions.you : booking.with.name,
          )}
        </p>
      )}
      {isUpcoming(booking) && !isOwnToChange && <p>{words.sessions.tooLate}</p>}
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <Dialog
        open={asking}
        title={words.sessions.cancelTitle}
        onClose={() => setAsking(false)}
        actions={
          <Actions>
            <Button kind="danger" busy={busy} onClick={() => void cancel()}>
              {words.sessions.cancelYes}
            </Button>
            <Button onClick={() => setAsking(false)}>{words.sessions.cancelNo}</Button>
          </Actions>
        }
      >
        <p>
          {title}
          {": "}
          {time}
        </p>
        <p>{words.sessions.cancelLead}</p>
      </Dialog>
    </Card>
  );
}
