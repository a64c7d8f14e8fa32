/** For stewards: reports out of circles, opened here alone, checked, and decided about. */
import { useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Section } from "#design/section.tsx";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import {
  judgeReport,
  type JudgedReport,
  type JudgingRefusal,
  type SealedReportRow,
  type StewardEpoch,
} from "./report-judging.ts";
import { ReportDeciding } from "./report-deciding.tsx";
import { ReportShown } from "./report-shown.tsx";
import { words } from "./report-words.ts";

/** What the stewards' room knows of their key. */
export interface StewardHands {
  /** Null where this account holds no key of that epoch. */
  readonly openEpoch: (epoch: number) => Promise<StewardEpoch | null>;
  /** 0 while there is no key. */
  readonly newestEpoch: number;
}

export function Reports(props: {
  readonly reports: readonly SealedReportRow[];
  readonly hands: StewardHands;
  readonly onDecided: () => void;
}) {
  const { reports, hands } = props;
  return (
    <Section title={words.list}>
      {hands.newestEpoch === 0 && (
        <Notice kind="warm">
          <p>{words.noKey}</p>
          <Actions>
            <LinkButton href="/stewardship/key">{words.toKey}</LinkButton>
          </Actions>
        </Notice>
      )}
      {reports.length === 0 ? (
        <EmptyState text={words.empty} />
      ) : (
        <CardList label={words.list}>
          {reports.map((report, at) => (
            <ReportCard
              key={report.id}
              number={at + 1}
              report={report}
              hands={hands}
              onDecided={props.onDecided}
            />
          ))}
        </CardList>
      )}
    </Section>
  );
}

type Reading =
  | { readonly at: "sealed" }
  | { readonly at: "opening" }
  | { readonly at: "refused"; readonly refusal: JudgingRefusal }
  | { readonly at: "open"; readonly judged: JudgedReport };

function ReportCard(props: {
  readonly number: number;
  readonly report: SealedReportRow;
  readonly hands: StewardHands;
  readonly onDecided: () => void;
}) {
  const { report, hands } = props;
  const [reading, setReading] = useState<Reading>({ at: "sealed" });
  const open = async () => {
    setReading({ at: "opening" });
    const key = await hands.openEpoch(report.stewardEpoch);
    const judged = key === null ? null : await judgeReport(report, key);
    if (judged === null) setReading({ at: "refused", refusal: { type: "CouldNotBeOpened" } });
    else if (judged.ok) setReading({ at: "open", judged: judged.value });
    else setReading({ at: "refused", refusal: judged.refusal });
  };
  const isSealed = reading.at === "sealed" || reading.at === "opening";
  const isJudged =
    reading.at === "open" || (reading.at === "refused" && reading.refusal.type === "NotTrue");
  return (
    <Card
      level={3}
      title={words.report(props.number)}
      actions={
        isSealed ? (
          <Button
            kind="primary"
            busy={reading.at === "opening"}
            busyText={words.opening}
            onClick={() => void open()}
          >
            {words.open}
          </Button>
        ) : undefined
      }
    >
      {reading.at === "refused" && (
        <Notice kind="refusal">
          <p>{refusedText(reading.refusal)}</p>
        </Notice>
      )}
      {reading.at === "open" && <ReportShown judged={reading.judged} />}
      {isJudged && (
        <ReportDeciding
          report={report}
          senders={reading.at === "open" ? sendersIn(reading.judged) : []}
          hands={hands}
          onDecided={props.onDecided}
        />
      )}
    </Card>
  );
}

/** In the order in which they speak: numbers stand for them on the screen. */
export const sendersIn = ({ messages }: JudgedReport): readonly string[] => [
  ...new Set(messages.map(({ sender }) => sender)),
];

function refusedText(refusal: JudgingRefusal): string {
  switch (refusal.type) {
    case "CouldNotBeOpened":
      return words.couldNotBeOpened;
    case "NotTrue":
      return words.notTrue;
    default:
      return refusalToWords(refusal);
  }
}
