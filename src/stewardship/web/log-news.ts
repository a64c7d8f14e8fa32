/**
 * Whether the two public logs tell anything that this device hasn't checked yet. Most visits end here, and need not
 * fetch what checks signatures. What counts as seen is the very bytes that were checked, beside the head that the
 * safe keeps: a log that went back, or another one, is news.
 */
import { bytesToBase64url, utf8ToBytes } from "#platform/bytes.ts";
import { OF_THIS_DEVICE } from "#vault/web/drafts.ts";
import type { Safe } from "#vault/web/safe.ts";
import { isSameHead, keptHead, readLogAnswers, type LogAnswers } from "./log-answers.ts";

const SEEN = `${OF_THIS_DEVICE}steward log seen`;

interface Seen {
  /** SHA-256 of the entries, base64url. */
  readonly entries: string;
  /** Where they ended. */
  readonly head: string;
}

/** Null where there is none; what could not be read is news too. */
export async function readNews(safe: Safe): Promise<LogAnswers | null> {
  const answers = await readLogAnswers(safe);
  return (await isNews(safe, answers)) ? answers : null;
}

export async function isNews(safe: Safe, { kept, decisions, keys }: LogAnswers): Promise<boolean> {
  if (!decisions.ok || !keys.ok) return true;
  const [first = null, ...later] = decisions.value.decisions;
  const isWhereItEnded = decisions.value.last === (kept?.sequence ?? 0) && isSameHead(first, kept);
  if (later.length > 0 || !isWhereItEnded) return true;
  const head = await keptHead(safe, "steward-keys");
  if (head === null) return keys.value.entries.length > 0;
  const seen = (await safe.readDraft(SEEN)) as Seen | null;
  return seen?.head !== head.hash || seen.entries !== (await digest(keys.value.entries));
}

/** What was checked just now and found good, after its head was kept. */
export async function keepSeen(safe: Safe, { keys }: LogAnswers): Promise<void> {
  const head = await keptHead(safe, "steward-keys");
  if (!keys.ok || head === null) return;
  await safe.writeDraft(SEEN, { entries: await digest(keys.value.entries), head: head.hash });
}

const digest = async (entries: unknown): Promise<string> =>
  bytesToBase64url(
    new Uint8Array(await crypto.subtle.digest("SHA-256", utf8ToBytes(JSON.stringify(entries)))),
  );
