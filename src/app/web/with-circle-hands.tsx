/** Hands the circles what they may not know: the late keeping of the vault, drafts, the stewards' log, crisis lines. */
import { lazy, Suspense, useEffect, useMemo, useState, type ReactNode } from "react";
import languages from "virtual:content/languages";
import { HandsContext } from "#circles/web/hands-context.ts";
import type { CircleHands } from "#circles/web/keeping.ts";
import { PageSkeleton } from "#design/skeleton.tsx";
import { useAccount } from "#identity/web/door.tsx";
import { WalletContext } from "#pass/web/wallet-context.tsx";
import { serverNow } from "#platform/web/clock.ts";
import { useCrisisWatch } from "#reflect/web/crisis-watch.ts";
import { useSafe } from "#vault/web/safe-context.tsx";
import { circleKeeping, readStewards } from "./circle-hands.ts";
import { communityCountry } from "./community-country.ts";
import { useOpenWallet } from "./wallet-room.tsx";
import { words } from "./words.ts";

// The wallet is asked for beside what is shown with it.
void import("#pass/web/issue-wallet.ts").catch(() => undefined);

export function WithHands(props: {
  readonly children: ReactNode;
  /** Until the wallet is open. */
  readonly waiting?: ReactNode;
}) {
  const { children, waiting = <PageSkeleton label={words.loading} /> } = props;
  const safe = useSafe();
  const { timeZone } = useAccount();
  const opened = useOpenWallet();
  const [country, setCountry] = useState<string | null>(null);
  useEffect(() => {
    void communityCountry().then(setCountry);
    // Passes were fetched when the safe was opened; asking for them here would tell who is about to come in.
    if (opened?.wallet.state().at === "unread") void opened.wallet.readLogs();
  }, [opened]);
  const late = opened?.late ?? null;
  // Apart from what is shown: a room would be entered anew with each new one of these.
  const kept = useMemo(
    () =>
      late && {
        keeping: circleKeeping(late),
        drafts: safe,
        readStewards: (isAnew: boolean) => readStewards(safe, isAnew),
        now: serverNow,
      },
    [safe, late],
  );
  const hands = useMemo(
    (): CircleHands | null => kept && { ...kept, timeZone, country, languages: ours, CrisisAside },
    [kept, timeZone, country],
  );
  if (opened === null || hands === null) return waiting;
  return (
    <WalletContext value={opened.wallet}>
      <HandsContext value={hands}>{children}</HandsContext>
    </WalletContext>
  );
}

/** Of the languages in content/, those that a circle can be waited for in. */
const ours = (languages as { languages: { id: string; name: string }[] }).languages.filter(
  ({ id }) => /^[a-z]{2,3}$/.test(id),
);

const CrisisPanel = lazy(async () => ({
  default: (await import("#reflect/web/crisis-panel.tsx")).CrisisPanel,
}));
const CrisisHint = lazy(async () => ({
  default: (await import("#reflect/web/crisis-panel.tsx")).CrisisHint,
}));

function CrisisAside({ text }: { readonly text: string }) {
  const level = useCrisisWatch(text);
  return (
    <div aria-live="polite">
      <Suspense>
        {level === "explicit" && <CrisisPanel />}
        {level === "possible" && <CrisisHint />}
      </Suspense>
    </div>
  );
}
