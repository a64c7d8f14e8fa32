/** Where this member stands in the circles: which badge they come with, and what the server keeps of it. */
import { useCallback, useEffect, useMemo, useState } from "react";
import type { AnswerOf } from "#platform/contract.ts";
import type { Bytes } from "#platform/bytes.ts";
import type { Period } from "#pass/period.ts";
import { useBadges, useWallet, useWalletState } from "#pass/web/wallet-context.tsx";
import { crowdOf, type Crowd } from "#pass/web/wallet.ts";
import { readMyPlace } from "../contract.ts";
import { useHands } from "./hands-context.ts";
import { dayOf } from "./keeping.ts";
import {
  chosenBadge,
  ownSeat,
  readStanding,
  toStanding,
  type OwnSeat,
  type Standing,
} from "./own-badge.ts";
import type { Trouble } from "./room-log.ts";
import { makeVisit, type Visit } from "./visit.ts";

export type Place = AnswerOf<typeof readMyPlace>;

export interface Here {
  readonly own: OwnSeat;
  readonly visit: Visit;
  readonly place: Place;
}

export type PlaceState =
  | { readonly at: "looking" }
  | { readonly at: "not-verified" | "no-pass" | "trouble" | "unread" }
  | { readonly at: "later"; readonly period: Period; readonly crowd: Crowd | null }
  | { readonly at: "refused"; readonly trouble: Trouble; readonly crowd: Crowd | null }
  /** `trouble`: looking again failed, and this is how it was. */
  | ({
      readonly at: "here";
      readonly crowd: Crowd | null;
      readonly trouble: Trouble | null;
    } & Here);

export const STANDING = "standing";
const LOOK_EVERY_MS = 30_000;

export function usePlace(): { readonly state: PlaceState; readonly look: () => Promise<void> } {
  const wallet = useWallet();
  const walletState = useWalletState();
  const badges = useBadges();
  const { keeping, now } = useHands();
  const [known, setKnown] = useState<{ secret: Bytes; standing: Standing | null } | null>(null);
  const [looked, setLooked] = useState<
    | { readonly of: Visit; readonly place: Place; readonly trouble: Trouble | null }
    | { readonly of: Visit; readonly place: null; readonly trouble: Trouble }
    | null
  >(null);
  const today = dayOf(now());

  useEffect(() => {
    let isCurrent = true;
    void Promise.all([wallet.secret(), keeping.read(STANDING)]).then(([secret, standing]) => {
      if (isCurrent) setKnown({ secret, standing: readStanding(standing) });
    });
    return () => {
      isCurrent = false;
    };
  }, [wallet, keeping]);

  const choice = useMemo(
    () => known && chosenBadge(badges, known.standing, today),
    [known, badges, today],
  );
  const secret = known?.secret;
  const badge = choice?.at === "now" ? choice.badge : null;
  const coming = useMemo(() => {
    if (secret === undefined || badge === null) return null;
    const own = ownSeat(secret, badge);
    return { own, visit: makeVisit(own) };
  }, [secret, badge]);

  const look = useCallback(async () => {
    if (coming === null) return;
    const { own, visit } = coming;
    const read = await visit.call(readMyPlace, {});
    if (!read.ok) {
      const { refusal: trouble } = read;
      setLooked((before) =>
        before?.of === visit && before.place !== null
          ? { ...before, trouble }
          : { of: visit, place: null, trouble },
      );
      return;
    }
    setLooked({ of: visit, place: read.value, trouble: null });
    const { seat, waiting } = read.value;
    if (seat === null && waiting === null) return;
    // The next badge is asked for on the same key, unless this one's circle is over.
    const hasLeft = seat?.state === "left" || seat?.state === "removed";
    const standing = toStanding(own.bornIn, hasLeft);
    const kept = readStanding(await keeping.read(STANDING));
    if (JSON.stringify(kept) !== JSON.stringify(standing)) keeping.keepLater(STANDING, standing);
    // Who has left comes with another badge as soon as one counts.
    if (hasLeft) setKnown((before) => before && { ...before, standing });
    await (hasLeft ? wallet.letGo(own.bornIn) : wallet.renewOn(own.bornIn));
  }, [coming, keeping, wallet]);

  useEffect(() => {
    void look();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void look();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [look]);

  const state = ((): PlaceState => {
    if (choice === null) return { at: "looking" };
    if (choice.at !== "now") {
      if (walletState.at === "looking") return { at: "looking" };
      if (walletState.at === "trouble") return { at: "trouble" };
      if (choice.at === "later")
        return { at: "later", period: choice.period, crowd: crowdOf(walletState, choice.period) };
      if (walletState.at !== "read") return { at: walletState.at };
      return { at: walletState.isVerified ? "no-pass" : "not-verified" };
    }
    if (walletState.at === "trouble") return { at: "trouble" };
    const crowd = crowdOf(walletState, choice.badge.period);
    if (coming === null || looked?.of !== coming.visit) return { at: "looking" };
    if (looked.place === null) return { at: "refused", trouble: looked.trouble, crowd };
    return { at: "here", crowd, ...coming, place: looked.place, trouble: looked.trouble };
  })();
  return { state, look };
}
