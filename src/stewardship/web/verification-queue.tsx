/** For stewards: who asks to be verified, and whole rosters of students or residents in one go. */
import { useRef } from "react";
import { Awaited } from "#design/awaited.tsx";
import { CardList } from "#design/card-list.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import type { AnswerOf } from "#platform/contract.ts";
import { useAskedRoute } from "#platform/web/asked.ts";
import { readVerifications } from "../verification-contract.ts";
import { VerificationEntry } from "./verification-entry.tsx";
import { VerificationRosters } from "./verification-rosters.tsx";
import { words } from "./verification-words.ts";
import { words as stewardWords } from "./words.ts";
import style from "./verification.module.css";

export function VerificationQueue() {
  const text = words.queue;
  const asking = useAskedRoute(readVerifications);
  return (
    <Page title={text.title} lead={text.lead} back={stewardWords.back} zone={readBy.stewards}>
      <Awaited asking={asking} label={text.loading} lines={8}>
        {(queue) => <Queue queue={queue} onDecided={asking.again} />}
      </Awaited>
    </Page>
  );
}

function Queue(props: {
  readonly queue: AnswerOf<typeof readVerifications>;
  readonly onDecided: () => void;
}) {
  const text = words.queue;
  const { verifications, waiting, rosters, hasRegistry } = props.queue;
  const list = useRef<HTMLDivElement>(null);
  const decided = () => {
    // The card that held the focus is about to go.
    list.current?.focus();
    props.onDecided();
  };
  return (
    <>
      {rosters.length > 0 && <VerificationRosters rosters={rosters} onApproved={decided} />}
      <Section title={text.list}>
        {!hasRegistry && verifications.some(({ claim }) => claim?.country === "US") && (
          <Notice>{text.noRegistry}</Notice>
        )}
        <div ref={list} className={style["list"]} tabIndex={-1}>
          {verifications.length === 0 ? (
            <EmptyState text={text.empty} />
          ) : (
            <CardList label={text.list}>
              {verifications.map((verification) => (
                <VerificationEntry
                  key={verification.id}
                  verification={verification}
                  sponsor={rosters.find(({ id }) => id === verification.roster)?.sponsor ?? null}
                  hasRegistry={hasRegistry}
                  onDecided={decided}
                />
              ))}
            </CardList>
          )}
        </div>
        {waiting > verifications.length && (
          <p className={style["small"]}>{text.firstOf(verifications.length, waiting)}</p>
        )}
      </Section>
    </>
  );
}
