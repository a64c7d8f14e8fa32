/** The account's page with what identity doesn't know of: the passes. */
import { Skeleton } from "#design/skeleton.tsx";
import { Account } from "#identity/web/account.tsx";
import { PassesSection } from "#pass/web/passes-section.tsx";
import { words } from "./words.ts";
import { WalletRoom } from "./wallet-room.tsx";

export function AccountRoom() {
  const passes = (
    <WalletRoom waiting={<Skeleton label={words.loading} lines={2} />}>
      <PassesSection />
    </WalletRoom>
  );
  return <Account passes={passes} />;
}
