/** Gives screens the wallet of whoever's safe is open. Handed in by the app, which alone knows how it is filled. */
import { createContext, useContext, useSyncExternalStore } from "react";
import type { HeldBadge } from "../wallet.ts";
import type { Wallet, WalletState } from "./wallet.ts";

export const WalletContext = createContext<Wallet | null>(null);

export function useWallet(): Wallet {
  const wallet = useContext(WalletContext);
  if (!wallet) throw new Error("A screen that acts with passes was shown without a wallet");
  return wallet;
}

export function useWalletState(): WalletState {
  const wallet = useWallet();
  return useSyncExternalStore(wallet.subscribe, wallet.state);
}

/** The newest period first, also those that are over. */
export function useBadges(): readonly HeldBadge[] {
  const wallet = useWallet();
  return useSyncExternalStore(wallet.subscribe, wallet.badges);
}
