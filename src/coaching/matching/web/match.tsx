/** Matching: what the member asks for, then the three who fit. Both are read from the member's own sealed record. */
import { useSearchParams } from "wouter";
import { Page } from "#design/page.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { useMatch } from "./kept.ts";
import { Offers } from "./offers.tsx";
import { useOffers } from "./offering.ts";
import { Wishes } from "./wishes.tsx";
import { words } from "./words.ts";

export function Match() {
  const { kept } = useMatch();
  const [query] = useSearchParams();
  if (kept.at === "not-searched" || query.has("change") || query.has("path")) return <Wishes />;
  return <MatchOffers />;
}

function MatchOffers() {
  const offering = useOffers();
  const { title, lead } = offering.heading;
  return (
    <Page title={title} lead={lead} width="wide" back={{ href: "/coach", text: words.wishes.back }}>
      <Offers offering={offering} level={2}>
        <LinkButton kind="quiet" href="/coach/all">
          {words.offers.all}
        </LinkButton>
      </Offers>
    </Page>
  );
}
