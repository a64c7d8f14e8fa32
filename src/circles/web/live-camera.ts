/** The own camera, asked for when everybody has agreed and let go of when one doesn't. Nothing is recorded. */
import { ok, refuse, type Result } from "#platform/result.ts";

export interface OwnCamera {
  readonly track: MediaStreamTrack;
  readonly close: () => void;
}

export type CameraRefusal = { readonly type: "NotAllowed" | "NoCamera" };
/** `onEnded`: it was taken away by somebody else, such as the browser. */
export type OpenCamera = (onEnded: () => void) => Promise<Result<OwnCamera, CameraRefusal>>;

/** Small on purpose: everybody sends theirs to everybody, and it is about seeing that somebody is there. */
const SMALL = {
  width: { ideal: 320, max: 640 },
  height: { ideal: 240, max: 480 },
  frameRate: { ideal: 15, max: 15 },
  facingMode: "user",
};

export const openCamera: OpenCamera = async (onEnded) => {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: SMALL });
    const [track] = stream.getVideoTracks();
    if (track === undefined) return refuse({ type: "NoCamera" });
    track.addEventListener("ended", onEnded);
    return ok({ track, close: () => track.stop() });
  } catch (error) {
    const isNo = error instanceof DOMException && error.name === "NotAllowedError";
    return refuse({ type: isNo ? "NotAllowed" : "NoCamera" });
  }
};
