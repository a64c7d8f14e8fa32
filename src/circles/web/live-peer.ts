/**
 * The way of two voices to each other, through the relay and no other way. Who sits first calls; where both have
 * something to say at once, who sits later gives way ("perfect negotiation", W3C WebRTC section 10.7). Mute and a late
 * microphone change no description: there is one line of sound from the beginning.
 */
import type { AnswerOf } from "#platform/contract.ts";
import { relayedCandidate, soundOnly } from "../live/descriptions.ts";
import type { SignalTo } from "../live/signal-content.ts";
import type { readRelay } from "../live-contract.ts";

export type RelayAccess = NonNullable<AnswerOf<typeof readRelay>["relay"]>;

type Unaddressed<Signal> = Signal extends SignalTo ? Omit<Signal, "to"> : never;
type PeerSignal = Unaddressed<Extract<SignalTo, { kind: "describe" | "candidate" }>>;

export type PeerSound = "connecting" | "connected" | "failed";

export interface Peer {
  readonly hear: (signal: PeerSignal) => void;
  readonly setTrack: (track: MediaStreamTrack | null) => void;
  /** Looks for a way anew. */
  readonly restart: () => void;
  readonly close: () => void;
}

export interface PeerParts {
  readonly connect: (config: RTCConfiguration) => RTCPeerConnection;
  readonly relay: RelayAccess;
  /** Who sits first. */
  readonly calls: boolean;
  readonly track: MediaStreamTrack | null;
  readonly send: (signal: PeerSignal) => void;
  readonly onTrack: (track: MediaStreamTrack) => void;
  readonly onSound: (sound: PeerSound) => void;
}

/** Who calls tries again at once, the other only where that came to nothing. */
const RESTART_MS = 3_000;
const OTHERS_RESTART_MS = 9_000;

export function makePeer(parts: PeerParts): Peer {
  const { relay, calls, send } = parts;
  const { urls, username, credential } = relay;
  const connection = parts.connect({
    iceTransportPolicy: "relay",
    bundlePolicy: "max-bundle",
    rtcpMuxPolicy: "require",
    iceServers: [{ urls: [...urls], username, credential }],
  });
  let { track } = parts;
  let isOffering = false;
  let ignoresOffer = false;
  let restarting: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  /** One step after the other, as signals come in order. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (step: () => Promise<void>) => {
    turn = turn.then(() => (isClosed ? undefined : step())).catch(() => undefined);
  };

  const describe = () => {
    const { type, sdp } = connection.localDescription!;
    const shown = soundOnly(sdp);
    if (shown !== null && (type === "offer" || type === "answer"))
      send({ kind: "describe", type, sdp: shown });
  };

  connection.onnegotiationneeded = () =>
    inTurn(async () => {
      isOffering = true;
      try {
        await connection.setLocalDescription();
        if (connection.localDescription?.type === "offer") describe();
      } finally {
        isOffering = false;
      }
    });
  connection.onicecandidate = ({ candidate }) => {
    const shown = candidate && relayedCandidate(candidate.candidate);
    if (shown) send({ kind: "candidate", candidate: shown, mid: candidate.sdpMid ?? "0" });
  };
  connection.ontrack = (event) => parts.onTrack(event.track);
  connection.onconnectionstatechange = () => {
    const state = connection.connectionState;
    if (state === "connected") {
      clearTimeout(restarting);
      parts.onSound("connected");
    } else if (state === "failed" || state === "disconnected") {
      parts.onSound(state === "failed" ? "failed" : "connecting");
      clearTimeout(restarting);
      restarting = setTimeout(restart, calls ? RESTART_MS : OTHERS_RESTART_MS);
    }
  };

  const restart = () => {
    if (isClosed) return;
    if (connection.currentRemoteDescription !== null) connection.restartIce();
    // Never answered: the call may have been lost. Who doesn't call has nothing to say before it.
    else if (connection.signalingState === "have-local-offer") describe();
  };

  const describeBack = async (type: "offer" | "answer", sdp: string) => {
    const isGlare = type === "offer" && (isOffering || connection.signalingState !== "stable");
    ignoresOffer = calls && isGlare;
    if (ignoresOffer) return;
    await connection.setRemoteDescription({ type, sdp });
    if (type !== "offer") return;
    const [transceiver] = connection.getTransceivers();
    if (transceiver) {
      transceiver.direction = "sendrecv";
      await transceiver.sender.replaceTrack(track);
    }
    await connection.setLocalDescription();
    describe();
  };

  if (calls) {
    const { sender } = connection.addTransceiver("audio", { direction: "sendrecv" });
    void sender.replaceTrack(track);
  }

  return {
    hear: (signal) =>
      inTurn(async () => {
        if (signal.kind === "describe") {
          const sdp = soundOnly(signal.sdp);
          if (sdp !== null) await describeBack(signal.type, sdp);
          return;
        }
        const candidate = relayedCandidate(signal.candidate);
        // Those of an offer that was passed over fit nothing.
        if (candidate !== null && !ignoresOffer)
          await connection.addIceCandidate({ candidate, sdpMid: signal.mid });
      }),
    setTrack: (next) => {
      track = next;
      inTurn(async () => {
        await connection.getTransceivers()[0]?.sender.replaceTrack(next);
      });
    },
    restart,
    close: () => {
      isClosed = true;
      clearTimeout(restarting);
      connection.close();
    },
  };
}
