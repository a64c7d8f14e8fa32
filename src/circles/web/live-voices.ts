/** The ways of the own voice to each of those who are there, and theirs back, each played as it comes. */
import type { SignalTo } from "../live/signal-content.ts";
import { makePeer, type Peer, type PeerParts, type PeerState } from "./live-peer.ts";
import type { Loudspeaker } from "./live-voice.ts";

type VoiceSignal = Extract<SignalTo, { kind: "describe" | "candidate" }>;

export interface Voices {
  /** `run` is that of the member's device; `calls`: this device opens the way. */
  readonly call: (member: string, run: string, calls: boolean, relay: PeerParts["relay"]) => void;
  readonly hear: (member: string, signal: VoiceSignal) => void;
  /** Back after a break: where no voice comes through, another way is looked for. */
  readonly restart: (member: string) => void;
  readonly drop: (member: string) => void;
  readonly setTrack: (track: MediaStreamTrack) => void;
  /** Null where there is no way, as one of the two takes part by text. */
  readonly stateOf: (member: string) => PeerState | null;
}

export const VOICES_WAY = 0;

export function makeVoices(parts: {
  readonly connect: PeerParts["connect"];
  readonly loudspeaker: Loudspeaker;
  readonly send: (signal: VoiceSignal) => void;
  readonly onChange: () => void;
}): Voices {
  const { loudspeaker } = parts;
  const wayByMember = new Map<string, { readonly peer: Peer; state: PeerState }>();
  let own: MediaStreamTrack | null = null;

  return {
    call: (member, run, calls, relay) => {
      const peer = makePeer({
        medium: "audio",
        connect: parts.connect,
        relay,
        calls,
        track: own,
        send: (said) => parts.send({ ...said, to: run, way: VOICES_WAY }),
        onTrack: (track) => loudspeaker.play(member, track),
        onState: (state) => {
          way.state = state;
          parts.onChange();
        },
      });
      const way = { peer, state: "connecting" as PeerState };
      wayByMember.set(member, way);
    },
    hear: (member, signal) => wayByMember.get(member)?.peer.hear(signal),
    restart: (member) => {
      const way = wayByMember.get(member);
      if (way?.state !== "connected") way?.peer.restart();
    },
    drop: (member) => {
      wayByMember.get(member)?.peer.close();
      wayByMember.delete(member);
      loudspeaker.drop(member);
    },
    setTrack: (track) => {
      own = track;
      for (const { peer } of wayByMember.values()) peer.setTrack(track);
    },
    stateOf: (member) => wayByMember.get(member)?.state ?? null,
  };
}
