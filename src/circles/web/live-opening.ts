/** Puts a live session together with all it stands on: heavy, and fetched beside the door to it. */
import { hpke } from "../room/web/hpke.ts";
import { openCamera } from "./live-camera.ts";
import { makeLive } from "./live-engine.ts";
import type { Live } from "./live-state.ts";
import { makeLoudspeaker, openVoice } from "./live-voice.ts";
import { makeRoomLog, type RoomLogParts } from "./room-log.ts";
import { makeUpkeep } from "./room-upkeep.ts";

export function openLive(of: Omit<RoomLogParts, "hpke"> & { readonly start: number }): Live {
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const parts = { ...of, hpke, random };
  const roomLog = makeRoomLog(parts);
  const waitHere = async (ms: number) => (await waited(ms), true);
  return makeLive({
    ...parts,
    roomLog,
    addEntry: makeUpkeep({ ...parts, roomLog, wait: waitHere }).add,
    connect: (config) => new RTCPeerConnection(config),
    openVoice,
    openCamera,
    loudspeaker: makeLoudspeaker(),
    wait: waited,
  });
}

const waited = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
