/**
 * Stands in for a browser's RTCPeerConnection where there is no browser: descriptions and candidates as text, the states
 * of JSEP (RFC 8829 section 4.1), glare included, and a connection where both sides took each other's last word.
 */
const all = new Map<string, FakeConnection>();
let made = 0;

export class FakeConnection {
  readonly id = `fake-${++made}`;
  readonly config: RTCConfiguration;
  /** What was given to it to reach the other one. */
  readonly candidates: string[] = [];
  signalingState: "stable" | "have-local-offer" | "have-remote-offer" | "closed" = "stable";
  connectionState = "new";
  localDescription: { type: string; sdp: string } | null = null;
  currentRemoteDescription: { type: string; sdp: string } | null = null;
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: { candidate: object | null }) => void) | null = null;
  ontrack: ((event: { track: object }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  track: object | null = null;
  /** Of its one line. */
  medium = "audio";
  codecs: object[] = [];
  /** The other one's, once they have spoken. */
  other: FakeConnection | null = null;
  private round = 0;
  private stable: { local: FakeConnection["localDescription"] } = { local: null };
  private readonly transceivers: object[] = [];

  constructor(config: RTCConfiguration) {
    this.config = config;
    all.set(this.id, this);
  }

  addTransceiver(medium: string) {
    this.medium = medium;
    const transceiver = {
      direction: "sendrecv",
      setCodecPreferences: (codecs: object[]) => void (this.codecs = codecs),
      sender: {
        replaceTrack: (track: object | null) => Promise.resolve(void (this.track = track)),
      },
    };
    this.transceivers.push(transceiver);
    queueMicrotask(() => this.onnegotiationneeded?.());
    return transceiver;
  }

  getTransceivers = () => this.transceivers;

  async setLocalDescription() {
    await Promise.resolve();
    const isAnswer = this.signalingState === "have-remote-offer";
    if (!isAnswer) this.stable = { local: this.localDescription };
    this.localDescription = { type: isAnswer ? "answer" : "offer", sdp: this.description() };
    this.signalingState = isAnswer ? "stable" : "have-local-offer";
    const address = "192.168.7.20 5000 typ host";
    const relayed = "198.51.100.4 50001 typ relay raddr 203.0.113.9 rport 5000";
    for (const way of [address, relayed])
      this.onicecandidate?.({
        candidate: { candidate: `candidate:1 1 udp 1 ${way}`, sdpMid: "0" },
      });
    this.onicecandidate?.({ candidate: null });
    if (isAnswer) this.meet();
  }

  async setRemoteDescription(description: { type: string; sdp: string }) {
    await Promise.resolve();
    if (description.type === "offer") {
      // Rolled back, as browsers do where the other side's offer is taken over one's own.
      if (this.signalingState === "have-local-offer") this.localDescription = this.stable.local;
      this.signalingState = "have-remote-offer";
      if (this.transceivers.length === 0) this.addTransceiverQuietly();
    } else {
      if (this.signalingState !== "have-local-offer") throw new Error("an answer to nothing");
      this.signalingState = "stable";
    }
    this.currentRemoteDescription = description;
    this.medium = /^m=(\w+)/m.exec(description.sdp)![1]!;
    this.other = all.get(/a=x-id:(\S+)/.exec(description.sdp)![1]!) ?? null;
    this.ontrack?.({ track: { of: this.other?.id } });
    if (description.type === "answer") this.meet();
  }

  async addIceCandidate({ candidate }: { candidate: string }) {
    await Promise.resolve();
    this.candidates.push(candidate);
  }

  restartIce() {
    this.round += 1;
    queueMicrotask(() => this.onnegotiationneeded?.());
  }

  close() {
    this.signalingState = "closed";
    this.connectionState = "closed";
  }

  /** The way between the two is gone. */
  lose() {
    this.become("failed");
    if (this.other?.connectionState === "connected") this.other.become("failed");
  }

  private addTransceiverQuietly() {
    this.transceivers.push({
      direction: "recvonly",
      sender: {
        replaceTrack: (track: object | null) => Promise.resolve(void (this.track = track)),
      },
    });
  }

  private description = () =>
    [
      "v=0",
      "o=- 1 2 IN IP4 192.168.7.20",
      "s=-",
      "t=0 0",
      `m=${this.medium} 9 UDP/TLS/RTP/SAVPF 111`,
      "c=IN IP4 192.168.7.20",
      `a=x-id:${this.id}`,
      `a=x-round:${this.round}`,
      "",
    ].join("\r\n");

  private meet() {
    const { other } = this;
    if (other?.signalingState === "closed" || other?.other !== this) return;
    this.become("connected");
    other.become("connected");
  }

  private become(state: string) {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }
}
