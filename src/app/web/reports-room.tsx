/** The stewards' reports: circles know what a report is, stewardship holds the key that opens it. */
import { useCallback, type ReactNode } from "react";
import { Awaited } from "#design/awaited.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Skeleton } from "#design/skeleton.tsx";
import { readReports } from "#circles/judging-contract.ts";
import type { StewardHands } from "#circles/web/report-deciding.tsx";
import { Reports } from "#circles/web/reports.tsx";
import { words } from "#circles/web/report-words.ts";
import { useAskedRoute } from "#platform/web/asked.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { openEpoch, type KeyRoom } from "#stewardship/web/key-room.ts";
import { keyRefusalText } from "#stewardship/web/key-refusal-words.ts";
import { useKeyRoom } from "#stewardship/web/use-key-room.ts";

export function ReportsRoom() {
  const { state } = useKeyRoom();
  const asking = useAskedRoute(readReports);
  return (
    <Page title={words.title} lead={words.lead} back={words.back} zone={readBy.stewards}>
      {state.at === "loading" && <Skeleton label={words.loading} lines={4} />}
      {state.at === "refused" && (
        <Notice kind="refusal">
          {keyRefusalText(state.refusal) ?? refusalToWords(state.refusal)}
        </Notice>
      )}
      {state.at === "open" && (
        <Awaited asking={asking} label={words.loading}>
          {({ reports }) => (
            <WithHands room={state.room}>
              {(hands) => <Reports reports={reports} hands={hands} onDecided={asking.again} />}
            </WithHands>
          )}
        </Awaited>
      )}
    </Page>
  );
}

function WithHands(props: {
  readonly room: KeyRoom;
  readonly children: (hands: StewardHands) => ReactNode;
}) {
  const { room, children } = props;
  const open = useCallback(
    async (epoch: number) => {
      const opened = await openEpoch(room, epoch);
      return opened && { epoch, hpkeKey: opened.keys.hpkeKey, secret: opened.secret };
    },
    [room],
  );
  return children({ openEpoch: open, newestEpoch: room.log?.epoch ?? 0 });
}
