/**
 * Looks after the wallet each time the safe is opened, quietly and when what is shown has come, and then begins what is
 * kept late: for everybody alike, whatever they came for. Only who may hold passes fetches the wallet for it.
 */
import type { Safe } from "#vault/web/safe.ts";
import type { WorkerAddressPolicy } from "./issue-maker.ts";
import type { OpenWallet } from "./issue-wallet.ts";

const opened = new WeakMap<Safe, Promise<OpenWallet>>();
/** Whose owners had no right to a pass when they were looked after. */
const withoutPasses = new WeakSet<Safe>();

/** The one wallet of an open safe. */
export function walletOf(safe: Safe, policy: WorkerAddressPolicy): Promise<OpenWallet> {
  const before = opened.get(safe);
  if (before !== undefined) return before;
  const opening = import("./issue-wallet.ts").then(({ openSafesWallet }) =>
    openSafesWallet(safe, policy, withoutPasses.has(safe)),
  );
  opened.set(safe, opening);
  // A chunk that didn't come, as offline, is asked for again.
  opening.catch(() => opened.delete(safe));
  return opening;
}

/** For as long as the safe is open; gives what ends it. `isShown`: when what is being looked at has come. */
export function watchWallet(
  safe: Safe,
  policy: WorkerAddressPolicy,
  isShown: () => Promise<void>,
): () => void {
  let isOver = false;
  let close = () => {};
  const look = () => {
    if (isOver) return;
    void import("./issue-look.ts").then(
      async ({ closeLate, lookAfter }) => {
        if (isOver) return;
        close = () => closeLate(safe);
        const wallet = opened.has(safe) ? walletOf(safe, policy) : null;
        const found = await lookAfter(safe, wallet, () => walletOf(safe, policy));
        if (found === "without-passes") withoutPasses.add(safe);
      },
      () => undefined,
    );
  };
  void isShown().then(look);
  addEventListener("online", look);
  return () => {
    isOver = true;
    removeEventListener("online", look);
    opened.get(safe)?.then(
      (wallet) => wallet.close(),
      () => undefined,
    );
    opened.delete(safe);
    close();
  };
}
