/** Makes and finishes passes away from the page's thread: each takes as long as several frames. */
import type { Bytes } from "#platform/bytes.ts";
import { blindedMessage, finishedPass, type Wanted } from "../client.ts";

export interface MakerQuestion {
  readonly wanted: Wanted;
  /** The issuer's answer; null while there is none, and the request is asked for. */
  readonly signature: Bytes | null;
}

addEventListener("message", ({ data }: MessageEvent<{ id: number; question: MakerQuestion }>) => {
  const { wanted, signature } = data.question;
  const made = signature === null ? blindedMessage(wanted) : finishedPass(wanted, signature);
  postMessage({ id: data.id, made: made.ok ? made.value : null });
});
