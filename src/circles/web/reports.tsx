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
  sendersIn,
  type JudgedReport,
  type JudgingRefusal,
  type SealedReportRow,
} from "./report-judging.ts";
import { ReportDeciding, type StewardHands } from "./report-deciding.tsx";
import { ReportShown } from "./report-shown.tsx";
import { words } from "./report-words.ts";

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

function refusedText(refusal: JudgingRefusal): string {
  if (refusal.type === "CouldNotBeOpened") return words.couldNotBeOpened;
  return refusal.type === "NotTrue" ? words.notTrue : refusalToWords(refusal);
}
