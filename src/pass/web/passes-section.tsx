/** On the account's page: which passes the member holds, when they count, and how large the crowd behind each is. */
import { useEffect } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { Facts } from "#design/facts.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Section } from "#design/section.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import { Day, dayText } from "#design/time.tsx";
import { serverNow } from "#platform/web/clock.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { CROWD_TO_OPEN } from "../crowd.ts";
import { badgeStates, type BadgeState, type WalletState } from "./wallet.ts";
import { useBadges, useWallet, useWalletState } from "./wallet-context.tsx";
import { words } from "./words.ts";
import style from "./passes-section.module.css";

export function PassesSection() {
  const wallet = useWallet();
  const state = useWalletState();
  // Whoever looks wants to see how it is now, and not how it was when the safe was opened.
  useEffect(() => void wallet.refresh(), [wallet]);
  const today = new Date(serverNow()).toISOString().slice(0, 10);
  const held = badgeStates(state, useBadges(), today).filter(({ standing }) => standing !== "over");
  return (
    <Section title={words.title} lead={words.lead}>
      <StateLine state={state} isNone={held.length === 0} />
      {held.length > 0 && (
        <>
          <CardList label={words.title}>
            {held.map((each) => (
              <Badge key={each.badge.period.name} {...each} />
            ))}
          </CardList>
          {held.some(({ crowd }) => crowd !== null) && (
            <p className={style["quiet"]}>{words.operatorsWord}</p>
          )}
        </>
      )}
    </Section>
  );
}

/** `isNone`: the member holds nothing that can still be used. */
function StateLine({ state, isNone }: { readonly state: WalletState; readonly isNone: boolean }) {
  const wallet = useWallet();
  const again = (
    <Actions>
      <Button onClick={() => void wallet.refresh()}>{words.again}</Button>
    </Actions>
  );
  switch (state.at) {
    case "looking":
      return isNone ? <Skeleton label={words.loading} lines={2} /> : null;
    case "unread":
      return (
        <Notice kind="refusal">
          <p>{refusalToWords(state.refusal)}</p>
          {again}
        </Notice>
      );
    case "trouble":
      return (
        <Notice kind="refusal" title={words.trouble.title}>
          <p>{words.trouble.what(state.trouble)}</p>
          <p>{words.trouble.meaning}</p>
          {again}
        </Notice>
      );
    case "not-verified":
      return <NotVerified />;
    case "read":
      return (
        <>
          {!state.isVerified && <NotVerified />}
          {state.isBehind && <p>{words.behind}</p>}
          {state.isVerified && isNone && !state.isBehind && <p>{words.none}</p>}
        </>
      );
  }
}

const NotVerified = () => (
  <>
    <p>{words.notVerified}</p>
    <LinkButton href="/account/verification">{words.verify}</LinkButton>
  </>
);

function Badge({ badge: { period }, standing, crowd }: BadgeState) {
  const counts = {
    comes: words.from(dayText(period.beginsFrom, "full")),
    begins: words.now(dayText(period.beginsUntil, "full")),
    "goes-on": words.still,
    closed: words.closed,
    over: "",
  };
  return (
    <Card title={words.badge(period.name)} level={3}>
      <Facts
        facts={[
          { term: words.counts, value: counts[standing] },
          { term: words.goesOn, value: <Day on={period.endsOn} /> },
          { term: words.crowd, value: crowdToWords(crowd, standing) },
        ]}
      />
    </Card>
  );
}

function crowdToWords(crowd: BadgeState["crowd"], standing: BadgeState["standing"]): string {
  if (crowd === null) return standing === "comes" ? words.crowdLater : words.crowdUnknown;
  return crowd.holders >= CROWD_TO_OPEN
    ? words.crowdOpen(crowd.holders)
    : words.crowdSmall(crowd.holders, CROWD_TO_OPEN);
}
