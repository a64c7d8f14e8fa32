/** Puts the wallet of an open safe together: what keeps it, what makes passes, and what asks for them. */
import { isWiped } from "#vault/web/device.ts";
import { openLateKeeping, type LateKeeping } from "#vault/web/late-keeping.ts";
import type { Safe } from "#vault/web/safe.ts";
import { checkLogs, fetchDue } from "./issue-fetching.ts";
import { makePassMaker, MakerDidNotStart, type WorkerAddressPolicy } from "./issue-maker.ts";
import { openWallet, type Wallet, type WalletState } from "./wallet.ts";
import { walletKeeping } from "./wallet-keeping.ts";

export interface OpenWallet {
  readonly wallet: Wallet;
  /** For whatever else follows a nameless act. */
  readonly late: LateKeeping;
  readonly close: () => void;
}

export function openSafesWallet(safe: Safe, policy: WorkerAddressPolicy): OpenWallet {
  const late = openLateKeeping(safe);
  const keeping = walletKeeping(safe, late);
  let isOver = false;

  const fetchUnlessOver = async (): Promise<WalletState> => {
    if (isOver) return { at: "unread", refusal: { type: "NotSignedIn" } };
    const maker = makePassMaker(policy);
    try {
      // Another device may have kept a later head, or the very passes that are due.
      await safe.sync();
      return await fetchDue({ account: safe.account, keeping, maker, isOver: () => isOver });
    } catch (error) {
      maker.stop();
      return unreadFor(error);
    }
  };

  return {
    wallet: openWallet(keeping, {
      fetchDue: fetchUnlessOver,
      checkLogs: () => checkLogs(keeping).catch(unreadFor),
    }),
    late,
    close: () => {
      isOver = true;
      late.close();
    },
  };
}

/** Whoever left has nothing to be told. */
function unreadFor(error: unknown): WalletState {
  if (isWiped(error)) return { at: "unread", refusal: { type: "NotSignedIn" } };
  if (error instanceof MakerDidNotStart) return { at: "unread", refusal: { type: "Offline" } };
  throw error;
}
