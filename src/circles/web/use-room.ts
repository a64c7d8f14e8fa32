/** A room for as long as its screen is shown. */
import { useEffect, useState, useSyncExternalStore } from "react";
import rawNames from "virtual:content/circles/names";
import * as v from "valibot";
import { useWallet } from "#pass/web/wallet-context.tsx";
import { circleNamesSchema } from "../room/pseudonym-name.ts";
import { hpke } from "../room/web/hpke.ts";
import { useHands } from "./hands-context.ts";
import { logsReader } from "./read-logs.ts";
import { makeRoom } from "./room-engine.ts";
import type { Room, RoomState } from "./room-state.ts";
import type { Here } from "./use-place.ts";

const names = v.parse(circleNamesSchema, rawNames);

/** Null for the moment before there is one. */
export function useRoom(
  circle: string,
  { own, visit }: Pick<Here, "own" | "visit">,
): [Room | null, RoomState] {
  const wallet = useWallet();
  const { keeping, drafts, readStewards, now } = useHands();
  const [room, setRoom] = useState<Room | null>(null);
  useEffect(() => {
    const made = makeRoom({
      circle,
      own,
      visit,
      hpke,
      names,
      readLogs: logsReader(wallet, readStewards),
      keeping,
      drafts,
      now,
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    });
    setRoom(made);
    made.enter();
    const wake = () => {
      if (document.visibilityState === "visible") made.wake();
    };
    addEventListener("online", wake);
    document.addEventListener("visibilitychange", wake);
    return () => {
      removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wake);
      made.close();
    };
  }, [circle, own, visit, wallet, keeping, drafts, readStewards, now]);
  const state = useSyncExternalStore(room?.subscribe ?? never, room?.state ?? entering);
  return [room, state];
}

const ENTERING: RoomState = { at: "entering" };
const entering = () => ENTERING;
const never = () => () => undefined;
