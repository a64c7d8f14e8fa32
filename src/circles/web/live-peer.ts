/**
 * A way of two devices to each other, for their voices or for their pictures, through the relay and no other way. Who
 * sits first calls; where both have something to say at once, who sits later gives way ("perfect negotiation", W3C
 * WebRTC section 10.7). Mute and a late microphone change no description: there is one line from the beginning, and
 * never one of another kind.
 */
import type { AnswerOf } from "#platform/contract.ts";
import { onlyOf, relayedCandidate, type Medium } from "../live/descriptions.ts";
import type { SignalTo } from "../live/signal-content.ts";
import type { readRelay } from "../live-contract.ts";

export type RelayAccess = NonNullable<AnswerOf<typeof readRelay>["relay"]>;

type Unaddressed<Signal> = Signal extends SignalTo ? Omit<Signal, "to" | "way"> : never;
type PeerSignal = Unaddressed<Extract<SignalTo, { kind: "describe" | "candidate" }>>;

export type PeerState = "connecting" | "connected" | "failed";

export interface Peer {
  readonly hear: (signal: PeerSignal) => void;
  readonly setTrack: (track: MediaStreamTrack | null) => void;
  /** Looks for a way anew; where nobody has answered, calls again. */
  readonly restart: () => void;
  readonly isAnswered: () => boolean;
  readonly close: () => void;
}

export interface PeerParts {
  readonly medium: Medium;
  readonly connect: (config: RTCConfiguration) => RTCPeerConnection;
  readonly relay: RelayAccess;
  /** Who sits first. */
  readonly calls: boolean;
  readonly track: MediaStreamTrack | null;
  readonly send: (signal: PeerSignal) => void;
  readonly onTrack: (track: MediaStreamTrack) => void;
  readonly onState: (state: PeerState) => void;
}

/** Who calls tries again at once, the other only where that came to nothing. */
const RESTART_MS = 3_000;
const OTHERS_RESTART_MS = 9_000;

export function makePeer(parts: PeerParts): Peer {
  const { medium, relay, calls, send } = parts;
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
    const shown = onlyOf(medium, sdp);
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
      parts.onState("connected");
    } else if (state === "failed" || state === "disconnected") {
      parts.onState(state === "failed" ? "failed" : "connecting");
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
    const transceiver = connection.addTransceiver(medium, { direction: "sendrecv" });
    if (medium === "video") askForOneCodec(transceiver);
    void transceiver.sender.replaceTrack(track);
  }

  return {
    hear: (signal) =>
      inTurn(async () => {
        if (signal.kind === "describe") {
          const sdp = onlyOf(medium, signal.sdp);
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
    isAnswered: () => connection.currentRemoteDescription !== null,
    close: () => {
      isClosed = true;
      clearTimeout(restarting);
      connection.close();
    },
  };
}

/** Every browser has VP8 (RFC 7742, section 5); all that one has would fit no signal. */
function askForOneCodec(transceiver: RTCRtpTransceiver): void {
  const { codecs = [] } = RTCRtpReceiver.getCapabilities("video") ?? {};
  const wanted = codecs.filter(({ mimeType }) => /^video\/(?:VP8|rtx)$/i.test(mimeType));
  if (wanted.length > 0) transceiver.setCodecPreferences(wanted);
}
