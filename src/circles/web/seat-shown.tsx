/** A seat: the way in, and why it is in this circle. */
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Section } from "#design/section.tsx";
import { dayText } from "#design/time.tsx";
import { useHands } from "./hands-context.ts";
import { LetterLink } from "./letter-link.tsx";
import { NextMeeting } from "./next-meeting.tsx";
import type { Place } from "./use-place.ts";
import { blockText, themeName, weekOf } from "./week-text.ts";
import { words } from "./words.ts";
import style from "./circles.module.css";

const text = words.seat;

export function SeatShown(props: {
  readonly seat: NonNullable<Place["seat"]>;
  readonly endsOn: string;
}) {
  const { seat, endsOn } = props;
  const hands = useHands();
  const { hours, themes, nearInStage, others, merged } = seat.reasons;
  const ended = text.ended[seat.state];
  return (
    <>
      <Section title={text.title}>
        {ended === undefined ? (
          <>
            {text.standing[seat.state] && <p>{text.standing[seat.state]}</p>}
            <LinkButton kind="primary" href="/circles/room">
              {seat.state === "offered" ? text.take : text.open}
            </LinkButton>
          </>
        ) : (
          <Notice>{ended}</Notice>
        )}
        <section className={style["why"]} aria-label={text.why}>
          <h3>{text.why}</h3>
          <ul>
            {merged === true && <li>{text.merged}</li>}
            <li>
              {text.hour(hours.length)}{" "}
              {text.meets(blockText(weekOf(hands), hands.timeZone, seat.block))}
            </li>
            {merged === true && seat.themes.length > 0 && (
              <li>{text.about(seat.themes.map(themeName).join("; "))}</li>
            )}
            {themes.map(({ theme, others: alike }) => (
              <li key={theme}>{text.theme(themeName(theme), alike)}</li>
            ))}
            {seat.state !== "offered" && merged !== true && (
              <li>{text.stage(nearInStage, others)}</li>
            )}
          </ul>
        </section>
        {ended === undefined && (
          <p className={style["quiet"]}>{text.until(dayText(endsOn, "full"))}</p>
        )}
      </Section>
      {(seat.state === "taken" || seat.state === "paused") && (
        <>
          <NextMeeting block={seat.block} isWay />
          <LetterLink />
        </>
      )}
    </>
  );
}
