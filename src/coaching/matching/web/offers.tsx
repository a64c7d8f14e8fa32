/** Three coaches with the reasons why; and, when none of them will do, what to say or which wish to let go. */
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
import type { Offering } from "./offering.ts";
import { Reasons } from "./reasons.tsx";
import { Relaxations } from "./relaxations.tsx";
import { words } from "./words.ts";
import style from "./offers.module.css";

export interface OffersProps {
  readonly offering: Offering;
  /** Of the coaches' names. */
  readonly level: 2 | 3;
}

export function Offers({ offering, level }: OffersProps) {
  const { state, retry, startOver } = offering;
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
  const change = (
    <LinkButton kind={offers.length === 0 ? "secondary" : "quiet"} href="/coach/match?change">
      {words.offers.change}
    </LinkButton>
  );
  return (
    <>
      {offers.length > 0 && (
        <ul className={style["offers"]} aria-label={words.offers.list} role="list">
          {offers.map((offer) => (
            <OfferCard
              key={offer.coach.id}
              offer={offer}
              preferences={search.preferences}
              level={level}
              onNever={() =>
                offering.ask(
                  { type: "MustNotMeet", coach: offer.coach.id },
                  words.offers.never(offer.coach.name),
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
          onLetGo={offering.letGo}
        />
      )}
      {offers.length > 0 && <NoneOfThese offering={offering} preferences={search.preferences} />}
      <Actions>
        {offers.length === 0 && passedOver > 0 && (
          <Button kind="primary" onClick={startOver}>
            {words.offers.again}
          </Button>
        )}
        {change}
      </Actions>
    </>
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

/** One tap passes all three over; a reason leans what comes next. */
function NoneOfThese(props: { readonly offering: Offering; readonly preferences: Preferences }) {
  const { offering, preferences } = props;
  const text = words.offers;
  const reasons = (Object.keys(text.why) as (keyof typeof text.why)[]).filter(
    (reason) => reason !== "RatherADoctor" || !preferences.doctorsOnly,
  );
  return (
    <Section title={text.none} lead={text.noneLead}>
      <Button onClick={() => offering.ask({ type: "ShowOthers" })}>{text.others}</Button>
      <div className={style["why"]} role="group" aria-label={text.because}>
        {reasons.map((type) => (
          <button
            key={type}
            type="button"
            className={style["reason"]}
            onClick={() => offering.ask({ type })}
          >
            {text.why[type]}
          </button>
        ))}
      </div>
    </Section>
  );
}
