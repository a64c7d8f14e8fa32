/** A live session for as long as its screen is shown; begun on a press, as browsers give sound only then. */
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useWallet } from "#pass/web/wallet-context.tsx";
import { hpke } from "../room/web/hpke.ts";
import { useHands } from "./hands-context.ts";
import { openCamera } from "./live-camera.ts";
import { makeLive } from "./live-engine.ts";
import type { Live, LiveState } from "./live-state.ts";
import { makeLoudspeaker, openVoice } from "./live-voice.ts";
import { logsReader } from "./read-logs.ts";
import { makeRoomLog } from "./room-log.ts";
import { makeUpkeep } from "./room-upkeep.ts";
import type { Here } from "./use-place.ts";

export function useLive(
  circle: string,
  start: number,
  { own, visit }: Pick<Here, "own" | "visit">,
): [Live | null, LiveState, (withVoice: boolean) => void] {
  const wallet = useWallet();
  const { keeping, readStewards, now } = useHands();
  const [live, setLive] = useState<Live | null>(null);
  const current = useRef<Live | null>(null);

  useEffect(() => {
    const leave = () => current.current?.leave();
    // The curtain, the lock and another page all take the screen away, and with it the microphone.
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
      leave();
    };
  }, []);

  const comeIn = useCallback(
    (withVoice: boolean) => {
      current.current?.leave();
      const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
      const readLogs = logsReader(wallet, readStewards);
      const parts = { circle, own, visit, hpke, readLogs, keeping, now, random };
      const roomLog = makeRoomLog(parts);
      const waitHere = async (ms: number) => (await waited(ms), true);
      const made = makeLive({
        ...parts,
        start,
        roomLog,
        addEntry: makeUpkeep({ ...parts, roomLog, wait: waitHere }).add,
        connect: (config) => new RTCPeerConnection(config),
        openVoice,
        openCamera,
        loudspeaker: makeLoudspeaker(),
        wait: waited,
      });
      current.current = made;
      setLive(made);
      made.enter();
      if (withVoice) speakOnceIn(made);
    },
    [circle, start, own, visit, wallet, readStewards, keeping, now],
  );

  const state = useSyncExternalStore(live?.subscribe ?? never, live?.state ?? entering);
  return [live, state, comeIn];
}

function speakOnceIn(live: Live): void {
  const stop = live.subscribe(() => {
    if (live.state().at === "entering") return;
    stop();
    if (live.state().at === "open") void live.speak();
  });
}

const ENTERING: LiveState = { at: "entering" };
const entering = () => ENTERING;
const never = () => () => undefined;

const waited = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
