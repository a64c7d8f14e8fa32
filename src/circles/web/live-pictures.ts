/**
 * Pictures, for as long as everybody who is there would show their face, and not a moment longer: ways of their own
 * beside the voices', so that ending them is this device's own act, needs nobody's answer, and disturbs no sound. While
 * not all agree no camera is on, no way is offered, and none that is offered is taken.
 */
import type { SignalTo } from "../live/signal-content.ts";
import type { CameraRefusal, OpenCamera, OwnCamera } from "./live-camera.ts";
import { makePeer, type Peer, type PeerParts } from "./live-peer.ts";

type PictureSignal = Extract<SignalTo, { kind: "describe" | "candidate" | "ready" }>;

export interface Pictures {
  /** Whom pictures are exchanged with, each by the run of their device; null while not everybody agrees. */
  readonly follow: (others: ReadonlyMap<string, Partner> | null) => void;
  /** By somebody who is there. */
  readonly hear: (member: string, signal: PictureSignal) => void;
  readonly own: () => MediaStreamTrack | null;
  readonly byMember: () => ReadonlyMap<string, MediaStreamTrack>;
}

interface Partner {
  readonly run: string;
  /** This device opens the way, and the other waits for it. */
  readonly calls: boolean;
}

export interface PicturesParts extends Pick<PeerParts, "connect"> {
  readonly relay: () => PeerParts["relay"] | null;
  readonly openCamera: OpenCamera;
  readonly send: (signal: PictureSignal) => void;
  readonly onChange: () => void;
  /** The camera isn't to be had: whoever can't show themselves doesn't agree. */
  readonly onRefused: (refusal: CameraRefusal) => void;
}

interface Way extends Partner {
  /** 0 before the first. */
  number: number;
  peer: Peer | null;
  track: MediaStreamTrack | null;
  isConnected: boolean;
}

export function makePictures(parts: PicturesParts): Pictures {
  const { send, onChange } = parts;
  const wayByMember = new Map<string, Way>();
  let others: ReadonlyMap<string, Partner> | null = null;
  let camera: OwnCamera | null = null;
  let isAsking = false;
  let opened = 0;

  async function ask(): Promise<void> {
    isAsking = true;
    const answer = await parts.openCamera(() => parts.onRefused({ type: "NoCamera" }));
    isAsking = false;
    // Somebody may have changed their mind while the browser asked.
    if (others === null) return answer.ok ? answer.value.close() : undefined;
    if (!answer.ok) return parts.onRefused(answer.refusal);
    camera = answer.value;
    reach();
    onChange();
  }

  /** Nobody is seen before the own camera is on. */
  function reach(): void {
    for (const [member, { run }] of wayByMember) if (others?.get(member)?.run !== run) drop(member);
    if (others === null || camera === null) return;
    for (const [member, partner] of others) {
      if (wayByMember.has(member)) continue;
      const way: Way = { ...partner, number: 0, peer: null, track: null, isConnected: false };
      wayByMember.set(member, way);
      if (way.calls) open(member, way, ++opened);
      else send({ kind: "ready", to: way.run });
    }
  }

  function open(member: string, way: Way, number: number): void {
    const relay = parts.relay();
    if (relay === null || camera === null) return;
    way.peer?.close();
    Object.assign(way, { number, track: null, isConnected: false });
    const isThis = () => way.number === number && wayByMember.get(member) === way;
    const become = (change: Partial<Way>) => {
      if (!isThis()) return;
      Object.assign(way, change);
      onChange();
    };
    way.peer = makePeer({
      medium: "video",
      connect: parts.connect,
      relay,
      calls: way.calls,
      track: camera.track,
      send: (said) => send({ ...said, to: way.run, way: number }),
      onTrack: (track) => become({ track }),
      onState: (state) => become({ isConnected: state === "connected" }),
    });
  }

  function drop(member: string): void {
    wayByMember.get(member)?.peer?.close();
    wayByMember.delete(member);
  }

  return {
    own: () => camera?.track ?? null,
    byMember: () => {
      const shown = [...wayByMember].flatMap(([member, { track, isConnected }]) =>
        track !== null && isConnected ? [[member, track] as const] : [],
      );
      return new Map(shown);
    },
    follow: (next) => {
      others = next;
      if (next !== null && camera === null && !isAsking) void ask();
      reach();
      if (next !== null || camera === null) return;
      camera.close();
      camera = null;
    },
    hear: (member, signal) => {
      const way = wayByMember.get(member);
      if (way === undefined) return;
      if (signal.kind === "ready") {
        if (!way.calls) return;
        // Never answered: it came before they had agreed. Else they have let go of the way since.
        if (way.peer?.isAnswered() === false) way.peer.restart();
        else open(member, way, ++opened);
        return;
      }
      const isNew = signal.kind === "describe" && signal.type === "offer" && !way.calls;
      if (isNew && signal.way > way.number) open(member, way, signal.way);
      if (signal.way === way.number) way.peer?.hear(signal);
    },
  };
}
