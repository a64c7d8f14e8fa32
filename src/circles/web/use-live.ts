/** A live session for as long as its screen is shown; begun on a press, as browsers give sound only then. */
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useWallet } from "#pass/web/wallet-context.tsx";
import { useHands } from "./hands-context.ts";
import type { Live, LiveState } from "./live-state.ts";
import { logsReader } from "./read-logs.ts";
import { begun, useEngine } from "./use-engine.ts";
import type { Here } from "./use-place.ts";

const liveEngine = begun(() => import("./live-opening.ts"));

export function useLive(
  circle: string,
  start: number,
  { own, visit }: Pick<Here, "own" | "visit">,
): [Live | null, LiveState | { readonly at: "door" }, (withVoice: boolean) => void] {
  const wallet = useWallet();
  const { keeping, readStewards, now } = useHands();
  const engine = useEngine(liveEngine);
  const [live, setLive] = useState<Live | null>(null);
  const current = useRef<Live | null>(null);
  // Of a press that came before the engine.
  const [wanted, setWanted] = useState<{ readonly withVoice: boolean } | null>(null);

  useEffect(() => {
    const leave = () => {
      setWanted(null);
      current.current?.leave();
    };
    // The curtain, the lock and another page all take the screen away, and with it the microphone.
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
      leave();
    };
  }, []);

  const comeIn = useCallback(
    (withVoice: boolean) => {
      if (engine === null) return setWanted({ withVoice });
      current.current?.leave();
      const readLogs = logsReader(wallet, readStewards);
      const made = engine.openLive({ circle, own, visit, readLogs, keeping, now, start });
      current.current = made;
      setWanted(null);
      setLive(made);
      made.enter();
      if (withVoice) speakOnceIn(made);
    },
    [engine, circle, start, own, visit, wallet, readStewards, keeping, now],
  );

  useEffect(() => {
    if (engine !== null && wanted !== null) comeIn(wanted.withVoice);
  }, [engine, wanted, comeIn]);

  const state = useSyncExternalStore(live?.subscribe ?? never, live?.state ?? entering);
  return [live, live === null && wanted === null ? DOOR : state, comeIn];
}

function speakOnceIn(live: Live): void {
  const stop = live.subscribe(() => {
    if (live.state().at === "entering") return;
    stop();
    if (live.state().at === "open") void live.speak();
  });
}

const DOOR = { at: "door" } as const;
const ENTERING: LiveState = { at: "entering" };
const entering = () => ENTERING;
const never = () => () => undefined;
