/** Puts the wallet of an open safe together: what keeps it, what makes passes, and what asks for them. */
import type { WireRefusal } from "#platform/contract.ts";
import type { Result } from "#platform/result.ts";
import { isWiped } from "#vault/web/device.ts";
import { lateKeepingOf, type LateKeeping } from "#vault/web/late-keeping.ts";
import type { Safe } from "#vault/web/safe.ts";
import type { Period } from "../period.ts";
import { checkLogs, fetchDue, type PassMaker } from "./issue-fetching.ts";
import { unread } from "./issue-logs.ts";
import { makePassMaker, MakerDidNotStart, type WorkerAddressPolicy } from "./issue-maker.ts";
import { fetchReplacement } from "./issue-replacement.ts";
import { openWallet, type Stop, type Wallet, type WalletState } from "./wallet.ts";
import { walletKeeping } from "./wallet-keeping.ts";

export interface OpenWallet {
  readonly wallet: Wallet;
  /** For whatever else follows a nameless act. */
  readonly late: LateKeeping;
  readonly close: () => void;
}

export async function openSafesWallet(
  safe: Safe,
  policy: WorkerAddressPolicy,
  isWithoutPasses: boolean,
): Promise<OpenWallet> {
  const late = lateKeepingOf(safe);
  const keeping = await walletKeeping(safe, late);
  let isOver = false;

  async function withMaker<Done>(
    act: (maker: PassMaker) => Promise<Done>,
    failed: (refusal: WireRefusal) => Done,
  ): Promise<Done> {
    if (isOver) return failed({ type: "NotSignedIn" });
    const maker = makePassMaker(policy);
    try {
      return await act(maker);
    } catch (error) {
      maker.stop();
      return failed(refusalFor(error));
    }
  }

  const before: WalletState = { at: isWithoutPasses ? "not-verified" : "looking" };
  return {
    wallet: openWallet(
      keeping,
      {
        fetchDue: () =>
          withMaker(async (maker) => {
            // Another device may have kept a later head, or the very passes that are due.
            await safe.sync();
            return fetchDue({ account: safe.account, keeping, maker, isOver: () => isOver });
          }, toUnread),
        checkLogs: () => checkLogs(keeping).catch((error: unknown) => toUnread(refusalFor(error))),
        fetchReplacement: (old, today, ask) =>
          withMaker<Result<Period, Stop>>(
            (maker) => fetchReplacement({ keeping, maker, old, today, ask }),
            unread,
          ),
      },
      before,
    ),
    late,
    close: () => {
      isOver = true;
      late.close();
    },
  };
}

const toUnread = (refusal: WireRefusal): WalletState => ({ at: "unread", refusal });

/** Whoever left has nothing to be told. */
function refusalFor(error: unknown): WireRefusal {
  if (isWiped(error)) return { type: "NotSignedIn" };
  if (error instanceof MakerDidNotStart) return { type: "Offline" };
  throw error;
}
