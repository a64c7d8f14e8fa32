/** The account's page with what identity doesn't know of: the passes, and what hangs on a pseudonym and not on it. */
import { lazy, Suspense } from "react";
import { Skeleton } from "#design/skeleton.tsx";
import { Account } from "#identity/web/account.tsx";
import type { FarewellStep } from "#identity/web/key-changes.tsx";
import { PassesSection } from "#pass/web/passes-section.tsx";
import { words } from "./words.ts";
import { WalletRoom } from "./wallet-room.tsx";

export function AccountRoom() {
  const passes = (
    <WalletRoom waiting={<Skeleton label={words.loading} lines={2} />}>
      <PassesSection />
    </WalletRoom>
  );
  return <Account passes={passes} Farewell={Farewell} />;
}

const CircleFarewell = lazy(async () => ({
  default: (await import("./circle-farewell.tsx")).CircleFarewell,
}));

const Farewell: FarewellStep = (props) => (
  <Suspense>
    <CircleFarewell {...props} />
  </Suspense>
);
