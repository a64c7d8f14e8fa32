/** Gives what stands in it the wallet of the open safe; until that is there, what is handed in as `waiting`. */
import { useEffect, useState, type ReactNode } from "react";
import { walletOf } from "#pass/web/issue-watch.ts";
import type { OpenWallet } from "#pass/web/issue-wallet.ts";
import { WalletContext } from "#pass/web/wallet-context.tsx";
import { useSafe } from "#vault/web/safe-context.tsx";
import { scriptPolicy } from "./script-policy.ts";

/** Null until it is there. What it keeps late is for whatever follows a nameless act. */
export function useOpenWallet(): OpenWallet | null {
  const safe = useSafe();
  const [opened, setOpened] = useState<OpenWallet | null>(null);
  useEffect(() => {
    let current = true;
    const open = async () => {
      const next = await walletOf(safe, scriptPolicy);
      if (current) setOpened(next);
    };
    // Where the app's own files can't be fetched, whatever waits says so by waiting.
    open().catch(() => undefined);
    return () => {
      current = false;
    };
  }, [safe]);
  return opened;
}

export function WalletRoom(props: { readonly waiting: ReactNode; readonly children: ReactNode }) {
  const opened = useOpenWallet();
  return opened === null ? (
    props.waiting
  ) : (
    <WalletContext value={opened.wallet}>{props.children}</WalletContext>
  );
}
