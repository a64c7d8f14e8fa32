/** Three coaches with the reasons why; and, when none of them will do, what to say or which wish to let go. */
import { useRef, type ReactNode } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Section } from "#design/section.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import { hereZone } from "#design/time.tsx";
import { CoachCard } from "../../directory/web/coach-card.tsx";
import type { Offer } from "../rank.ts";
import type { Preferences } from "../preferences.ts";
import type { RematchReason } from "../search.ts";
import type { Offering } from "./offering.ts";
import { Reasons } from "./reasons.tsx";
import { Relaxations } from "./relaxations.tsx";
import { words } from "./words.ts";
import style from "./offers.module.css";

export interface OffersProps {
  readonly offering: Offering;
  /** Of the coaches' names. */
  readonly level: 2 | 3;
  /** Further ways on, after the one to other wishes. */
  readonly children?: ReactNode;
}

export function Offers({ offering, level, children }: OffersProps) {
  const { state, retry } = offering;
  const top = useRef<HTMLDivElement>(null);
  if (state.at === "loading") return <Skeleton label={words.loading} shape="card" lines={8} />;
  if (state.at === "failed")
    return (
      <Notice kind="refusal">
        <p>{state.why}</p>
        <Button onClick={retry}>{words.retry}</Button>
      </Notice>
    );
  const { search, matching } = state.found;
  const { offers, passedOver, relaxations } = matching;
  // What was pressed is gone with what it stood on: the reader goes on where the new cards begin.
  const thenRead = (done: Promise<void>) =>
    void done.then(() => {
      top.current?.focus({ preventScroll: true });
      top.current?.scrollIntoView();
    });
  return (
    <div
      ref={top}
      tabIndex={-1}
      role="group"
      aria-label={words.offers.list}
      className={style["all"]}
    >
      {offers.length > 0 && (
        <ul className={style["offers"]} role="list">
          {offers.map((offer) => (
            <OfferCard
              key={offer.coach.id}
              offer={offer}
              preferences={search.preferences}
              level={level}
              onNever={() =>
                thenRead(
                  offering.ask(
                    { type: "MustNotMeet", coach: offer.coach.id },
                    words.offers.never(offer.coach.name),
                  ),
                )
              }
            />
          ))}
        </ul>
      )}
      {relaxations.length > 0 && (
        <Relaxations
          relaxations={relaxations}
          preferences={search.preferences}
          onLetGo={(relaxation) => thenRead(offering.letGo(relaxation))}
        />
      )}
      {offers.length > 0 && (
        <NoneOfThese
          preferences={search.preferences}
          onSaid={(reason) => thenRead(offering.ask(reason))}
        />
      )}
      {offers.length > 0 ? (
        <div className={style["onward"]}>
          <LinkButton kind="quiet" href="/coach/match?change">
            {words.offers.change}
          </LinkButton>
          {children}
        </div>
      ) : (
        <Actions>
          {passedOver > 0 && (
            <Button kind="primary" onClick={() => thenRead(offering.startOver())}>
              {words.offers.again}
            </Button>
          )}
          <LinkButton href="/coach/match?change">{words.offers.change}</LinkButton>
          {children}
        </Actions>
      )}
    </div>
  );
}

function OfferCard(props: {
  readonly offer: Offer;
  readonly preferences: Preferences;
  readonly level: 2 | 3;
  readonly onNever: () => void;
}) {
  const { offer, preferences, level, onNever } = props;
  const { coach, reasons } = offer;
  return (
    <li>
      <CoachCard
        coach={coach}
        zone={hereZone()}
        brief
        level={level}
        href={`/coach/with/${coach.id}`}
        reasons={<Reasons reasons={reasons} isAnyTime={preferences.freeHours === null} />}
        actions={
          <div className={style["never"]}>
            <Button kind="quiet" onClick={onNever}>
              {words.offers.mustNotMeet}
            </Button>
          </div>
        }
      />
    </li>
  );
}

type PassingOver = Exclude<RematchReason, { type: "MustNotMeet" }>;

/** One tap passes all three over; a reason leans what comes next. */
function NoneOfThese(props: {
  readonly preferences: Preferences;
  readonly onSaid: (reason: PassingOver) => void;
}) {
  const { preferences, onSaid } = props;
  const text = words.offers;
  const reasons = (Object.keys(text.why) as (keyof typeof text.why)[]).filter(
    (reason) => reason !== "RatherADoctor" || !preferences.doctorsOnly,
  );
  return (
    <Section title={text.none} lead={text.noneLead}>
      <Button onClick={() => onSaid({ type: "ShowOthers" })}>{text.others}</Button>
      <div className={style["why"]} role="group" aria-label={text.because}>
        {reasons.map((type) => (
          <button
            key={type}
            type="button"
            className={style["reason"]}
            onClick={() => onSaid({ type })}
          >
            {text.why[type]}
          </button>
        ))}
      </div>
    </Section>
  );
}
