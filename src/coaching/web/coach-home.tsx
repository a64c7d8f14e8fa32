/** The coach room: the next sessions and messages, then the way to a coach, or the three who were found. */
import { useCallback } from "react";
import { Card, CardList } from "#design/card-list.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Page } from "#design/page.tsx";
import { Section } from "#design/section.tsx";
import { useAccount } from "#identity/web/door.tsx";
import { call } from "#platform/web/api.ts";
import { useAsked } from "#platform/web/asked.ts";
import { NextSessions } from "../booking/web/sessions.tsx";
import { useMatch } from "../matching/web/kept.ts";
import { Offers } from "../matching/web/offers.tsx";
import { useOffers } from "../matching/web/offering.ts";
import { readSpaces } from "../space/contract.ts";
import { words } from "./words.ts";
import style from "./coach-home.module.css";

const SESSIONS_SHOWN = 2;

export function CoachHome() {
  const { kept } = useMatch();
  const isSearching = kept.at === "searching";
  return (
    <Page title={words.title} lead={words.lead} width={isSearching ? "wide" : "read"}>
      <div className={style["standing"]} data-wide={isSearching}>
        <NextSessions title={words.sessions} most={SESSIONS_SHOWN} />
        <Threads />
      </div>
      {isSearching ? (
        <Found />
      ) : (
        <div className={style["find"]}>
          <p>{words.findLead}</p>
          <LinkButton kind="primary" href="/coach/match">
            {words.find}
          </LinkButton>
        </div>
      )}
      <Ways />
    </Page>
  );
}

function Found() {
  const offering = useOffers();
  return (
    <Section title={offering.heading.title} lead={offering.heading.lead}>
      <Offers offering={offering} level={3} />
    </Section>
  );
}

/** Silent while there are none: a thread begins with the first booking. */
function Threads() {
  const ask = useCallback((signal: AbortSignal) => call(readSpaces, { signal }), []);
  const { asked } = useAsked(ask);
  if (asked.state !== "here" || asked.answer.spaces.length === 0) return null;
  return (
    <Section title={words.threads}>
      <CardList label={words.threads}>
        {asked.answer.spaces.map((space) => (
          <Card
            key={space.id}
            level={3}
            href={`/coach/space/${space.id}`}
            title={words.with(space.with.name)}
          />
        ))}
      </CardList>
    </Section>
  );
}

function Ways() {
  const { roles } = useAccount();
  return (
    <nav aria-label={words.ways} className={style["ways"]}>
      <CardList>
        <Card href="/coach/all" title={words.all} meta={words.allMeta} />
        <Card href="/coach/sessions" title={words.allSessions} meta={words.sessionsMeta} />
        {roles.includes("coach") && <Card href="/desk" title={words.desk} meta={words.deskMeta} />}
      </CardList>
    </nav>
  );
}
