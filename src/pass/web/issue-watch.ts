/**
 * Fetches passes each time the safe is opened, quietly and when what is shown has come, and then begins what is kept
 * late: for everybody alike, whatever they came for. The one small part of the wallet that every visit loads.
 */
import type { Safe } from "#vault/web/safe.ts";
import type { WorkerAddressPolicy } from "./issue-maker.ts";
import type { OpenWallet } from "./issue-wallet.ts";

const AFTER_MS = 3_000;
const opened = new WeakMap<Safe, Promise<OpenWallet>>();

/** The one wallet of an open safe. */
export function walletOf(safe: Safe, policy: WorkerAddressPolicy): Promise<OpenWallet> {
  const before = opened.get(safe);
  if (before !== undefined) return before;
  const opening = import("./issue-wallet.ts").then(({ openSafesWallet }) =>
    openSafesWallet(safe, policy),
  );
  opened.set(safe, opening);
  // A chunk that didn't come, as offline, is asked for again.
  opening.catch(() => opened.delete(safe));
  return opening;
}

/** For as long as the safe is open; gives what ends it. */
export function watchWallet(safe: Safe, policy: WorkerAddressPolicy): () => void {
  const look = () =>
    void walletOf(safe, policy).then(
      async ({ wallet, late }) => {
        await wallet.refresh();
        // With where the key log ended just now.
        await late.begin();
      },
      () => undefined,
    );
  const timer = setTimeout(look, AFTER_MS);
  addEventListener("online", look);
  return () => {
    clearTimeout(timer);
    removeEventListener("online", look);
    opened.get(safe)?.then(
      ({ close }) => close(),
      () => undefined,
    );
    opened.delete(safe);
  };
}
