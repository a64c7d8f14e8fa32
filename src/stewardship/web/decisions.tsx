/**
 * Decisions and keys: what stewards decided and who holds their key, as every member's device checks it. Where
 * a log isn't what the device knew, that is said first, and nothing is taken over unless the member says so.
 */
import { useCallback, useEffect, useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { Facts } from "#design/facts.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { Section } from "#design/section.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import { useToast } from "#design/toast.tsx";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useSafe } from "#vault/web/safe-context.tsx";
import type { LoggedDecision } from "../log-entry.ts";
import {
  acceptAnew,
  moveOn,
  readDecisionLog,
  readKeyLog,
  type KeyLog,
  type LogRead,
} from "./logs.ts";
import type { LogName } from "./log-answers.ts";
import { decisionToWords, words } from "./member-words.ts";
import style from "./decisions.module.css";

interface Logs {
  readonly decisions: LogRead<readonly LoggedDecision[]>;
  readonly keys: LogRead<KeyLog>;
}

export function Decisions() {
  const text = words.logs;
  const safe = useSafe();
  const toast = useToast();
  const [logs, setLogs] = useState<Logs | null>(null);
  const load = useCallback(async () => {
    const [decisions, keys] = await Promise.all([readDecisionLog(safe), readKeyLog(safe)]);
    setLogs({ decisions, keys });
    await moveOn(safe, "decisions", decisions);
    await moveOn(safe, "steward-keys", keys);
  }, [safe]);
  useEffect(() => void load(), [load]);
  const accept = async (log: LogName, read: LogRead<unknown>) => {
    await acceptAnew(safe, log, read);
    await load();
    toast({ text: text.accepted });
  };
  const again = () => {
    setLogs(null);
    void load();
  };
  const isUnread = logs?.keys.at === "unread" && logs.decisions.at === "unread";
  return (
    <Page title={text.title} lead={text.lead} back={text.back}>
      {logs === null ? (
        <Skeleton label={text.loading} lines={8} />
      ) : isUnread ? (
        <Trouble log="decisions" read={logs.decisions} onAccept={accept} onAgain={again} />
      ) : (
        <>
          <Section title={text.keyTitle} lead={text.keyLead}>
            <Trouble log="steward-keys" read={logs.keys} onAccept={accept} onAgain={again} />
            <InsteadLine read={logs.keys} />
            {isReadable(logs.keys) && <Holders log={logs.keys.content} />}
          </Section>
          <Section title={text.decisionsTitle} lead={text.decisionsLead}>
            <Trouble log="decisions" read={logs.decisions} onAccept={accept} onAgain={again} />
            {logs.decisions.at === "good" && logs.keys.at === "good" && (
              <p className={style["quiet"]}>{text.checked}</p>
            )}
            <InsteadLine read={logs.decisions} />
            {isReadable(logs.decisions) && <List decisions={logs.decisions.content} />}
          </Section>
        </>
      )}
    </Page>
  );
}

const isReadable = <Content,>(
  read: LogRead<Content>,
): read is Extract<LogRead<Content>, { readonly content: Content }> =>
  read.at === "good" || read.at === "lost";

/** Above what can be read, but is not what the devices know. */
const InsteadLine = ({ read }: { readonly read: LogRead<unknown> }) =>
  read.at === "lost" ? <p className={style["quiet"]}>{words.logs.instead}</p> : null;

function Trouble(props: {
  readonly log: LogName;
  readonly read: LogRead<unknown>;
  readonly onAccept: (log: LogName, read: LogRead<unknown>) => Promise<void>;
  readonly onAgain: () => void;
}) {
  const text = words.logs;
  const { log, read, onAccept, onAgain } = props;
  switch (read.at) {
    case "good":
      return null;
    case "unread":
      return (
        <Notice kind="refusal">
          <p>{refusalToWords(read.refusal)}</p>
          <Actions>
            <Button onClick={onAgain}>{text.again}</Button>
          </Actions>
        </Notice>
      );
    case "broken":
      return (
        <Notice kind="refusal" title={text.brokenTitle[log]}>
          {text.broken}
        </Notice>
      );
    case "lost":
      return (
        <Notice kind="refusal" title={text.lostTitle[log]}>
          <p>{text.lost}</p>
          <p>{text.lostKept}</p>
          <Actions>
            <Button onClick={() => void onAccept(log, read)}>{text.accept}</Button>
          </Actions>
        </Notice>
      );
  }
}

function Holders({ log: { state, documentsWait } }: { readonly log: KeyLog }) {
  const text = words.logs;
  return (
    <>
      {state !== null && state.foundings > 1 && (
        <Notice title={text.foundedAnewTitle}>{text.foundedAnew(state.foundings - 1)}</Notice>
      )}
      <Facts
        facts={[
          { term: text.holders, value: text.holdersCount(state?.stewards.length ?? 0) },
          { term: text.epoch, value: text.epochCount(state?.epoch ?? 0) },
          { term: text.documents, value: documentsWait ? text.documentsWait : text.documentsGo },
        ]}
      />
    </>
  );
}

const SHOWN_AT_ONCE = 60;

function List({ decisions }: { readonly decisions: readonly LoggedDecision[] }) {
  const text = words.logs;
  const [count, setCount] = useState(SHOWN_AT_ONCE);
  if (decisions.length === 0) return <EmptyState text={text.none} />;
  const shown = decisions.slice(-count).toReversed();
  const quarters = [...new Set(shown.map(({ quarter }) => quarter))];
  return (
    <>
      {quarters.map((quarter) => (
        <section key={quarter} className={style["quarter"]}>
          <h3>{text.quarter(quarter)}</h3>
          <ol className={style["list"]}>
            {shown
              .filter((each) => each.quarter === quarter)
              .map(({ sequence, kind, detail }) => (
                <li key={sequence} className={style["entry"]}>
                  <span>{decisionToWords(kind, detail) ?? text.unknown}</span>
                  <span className={style["number"]}>{text.number(sequence)}</span>
                </li>
              ))}
          </ol>
        </section>
      ))}
      {decisions.length > count && (
        <Button onClick={() => setCount(count + SHOWN_AT_ONCE)}>{text.earlier}</Button>
      )}
    </>
  );
}
