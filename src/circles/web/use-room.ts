/** A room for as long as its screen is shown. */
import { useEffect, useState, useSyncExternalStore } from "react";
import { useWallet } from "#pass/web/wallet-context.tsx";
import { useHands } from "./hands-context.ts";
import { logsReader } from "./read-logs.ts";
import type { Room, RoomState } from "./room-state.ts";
import { begun, useEngine } from "./use-engine.ts";
import type { Here } from "./use-place.ts";

const roomEngine = begun(() => import("./room-opening.ts"));

/** Null for the moment before there is one. */
export function useRoom(
  circle: string,
  { own, visit }: Pick<Here, "own" | "visit">,
): [Room | null, RoomState] {
  const wallet = useWallet();
  const { keeping, drafts, readStewards, now } = useHands();
  const engine = useEngine(roomEngine);
  const [room, setRoom] = useState<Room | null>(null);
  useEffect(() => {
    if (engine === null) return undefined;
    const readLogs = logsReader(wallet, readStewards);
    const made = engine.openRoom({ circle, own, visit, readLogs, keeping, drafts, now });
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
  }, [engine, circle, own, visit, wallet, keeping, drafts, readStewards, now]);
  const state = useSyncExternalStore(room?.subscribe ?? never, room?.state ?? entering);
  return [room, state];
}

const ENTERING: RoomState = { at: "entering" };
const entering = () => ENTERING;
const never = () => () => undefined;
