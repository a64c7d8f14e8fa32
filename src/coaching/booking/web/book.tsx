/** `/coach/book/:id`: a new time with a coach; with `?move=ID`, another time for what is booked already. */
import { useParams, useSearchParams } from "wouter";
import { Button } from "#design/button.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { PageSkeleton } from "#design/skeleton.tsx";
import { useCoaches } from "../../directory/web/coach-index.ts";
import { BookWith } from "./book-with.tsx";
import { MoveBooking } from "./move.tsx";
import { useBookings } from "./sessions.tsx";
import { words } from "./words.ts";

export function Book() {
  const { id } = useParams<{ id: string }>();
  const [query] = useSearchParams();
  const move = query.get("move");
  return move === null ? <NewBooking key={id} coach={id} /> : <Moving key={move} booking={move} />;
}

function NewBooking({ coach: id }: { readonly coach: string }) {
  const [index, load] = useCoaches();
  const [bookings] = useBookings();
  if (index.at === "loading" || bookings.at === "loading")
    return <PageSkeleton label={words.book.looking} />;
  if (index.at === "failed") return <Failed why={index.why} onRetry={load} />;
  const coach = index.coaches.find((each) => each.id === id);
  if (coach === undefined) return <Gone text={words.book.coachGone} />;
  // Where it can't be told, the server refuses a second first call all the same.
  const hadCall =
    bookings.at === "shown" &&
    bookings.bookings.some(
      (each) =>
        each.side === "client" &&
        each.with.id === id &&
        each.kind === "chemistry" &&
        each.state === "confirmed",
    );
  return <BookWith coach={coach} mayHaveCall={coach.price.freeChemistryCall && !hadCall} />;
}

function Moving({ booking: id }: { readonly booking: string }) {
  const [bookings, load] = useBookings();
  if (bookings.at === "loading") return <PageSkeleton label={words.book.looking} />;
  if (bookings.at === "failed") return <Failed why={bookings.why} onRetry={load} />;
  const booking = bookings.bookings.find((each) => each.id === id && each.state === "confirmed");
  return booking === undefined ? (
    <Gone text={words.book.bookingGone} />
  ) : (
    <MoveBooking booking={booking} />
  );
}

const back = { href: "/coach/sessions", text: words.sessions.title };

function Failed({ why, onRetry }: { why: string; onRetry: () => Promise<void> }) {
  return (
    <Page title={words.book.choose} back={back}>
      <Notice kind="refusal">
        <p>{why}</p>
        <Button onClick={() => void onRetry()}>{words.sessions.retry}</Button>
      </Notice>
    </Page>
  );
}

function Gone({ text }: { text: string }) {
  return (
    <Page title={words.book.choose} back={back}>
      <EmptyState
        text={text}
        action={<LinkButton href="/coach">{words.sessions.noneAction}</LinkButton>}
      />
    </Page>
  );
}
