/**
 * The own microphone, and how much is spoken into it, measured here by its loudness; and the voices of the others, each
 * played as it comes. Nothing is recorded.
 */
import { ok, refuse, type Result } from "#platform/result.ts";
import { afterLevel, SILENT } from "../live/voice-activity.ts";

export interface OwnVoice {
  readonly track: MediaStreamTrack;
  readonly mute: (isMuted: boolean) => void;
  readonly close: () => void;
}

export type OpenVoice = (
  onSpeaking: (now: { readonly isSpeaking: boolean; readonly seconds: number }) => void,
) => Promise<Result<OwnVoice, { readonly type: "NotAllowed" | "NoMicrophone" }>>;

const STEP_MS = 50;

export const openVoice: OpenVoice = async (onSpeaking) => {
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      video: false,
    });
  } catch (error) {
    const isNo = error instanceof DOMException && error.name === "NotAllowedError";
    return refuse({ type: isNo ? "NotAllowed" : "NoMicrophone" });
  }
  const [track] = stream.getAudioTracks();
  if (track === undefined) return refuse({ type: "NoMicrophone" });
  const stop = measureVoice(stream, onSpeaking);
  return ok({
    track,
    mute: (isMuted) => (track.enabled = !isMuted),
    close: () => {
      stop();
      track.stop();
    },
  });
};

function measureVoice(stream: MediaStream, onSpeaking: Parameters<OpenVoice>[0]): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let activity = SILENT;
  let told = "";
  let last = performance.now();
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const level = Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length);
    const now = performance.now();
    // A page in the background is woken more rarely: what lies between was not heard.
    activity = afterLevel(activity, level, Math.min(now - last, 4 * STEP_MS));
    last = now;
    const { isSpeaking } = activity;
    const seconds = Math.floor(activity.spoken / 1000);
    if (told === `${isSpeaking} ${seconds}`) return;
    told = `${isSpeaking} ${seconds}`;
    onSpeaking({ isSpeaking, seconds });
  }, STEP_MS);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

export interface Loudspeaker {
  readonly play: (member: string, track: MediaStreamTrack) => void;
  readonly drop: (member: string) => void;
  readonly close: () => void;
}

/** One player a voice, in no page. */
export function makeLoudspeaker(): Loudspeaker {
  const playerByMember = new Map<string, HTMLAudioElement>();
  const drop = (member: string) => {
    const player = playerByMember.get(member);
    if (player) player.srcObject = null;
    playerByMember.delete(member);
  };
  return {
    drop,
    play: (member, track) => {
      drop(member);
      const player = new Audio();
      player.srcObject = new MediaStream([track]);
      playerByMember.set(member, player);
      // Whoever comes in has pressed a button, which lets a page make sound.
      player.play().catch(() => undefined);
    },
    close: () => {
      for (const member of playerByMember.keys()) drop(member);
    },
  };
}
