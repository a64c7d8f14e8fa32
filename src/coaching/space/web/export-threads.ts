/** The person's threads as plain text, opened on this device, for an export. */
import { publicKeys } from "#identity/web/account-keys.ts";
import { base64urlToBytes } from "#platform/bytes.ts";
import { call } from "#platform/web/api.ts";
import type { Safe } from "#vault/web/safe.ts";
import { readMessages, readSpaces } from "../contract.ts";
import { openMessage, openSpaceKey, toMessageKey, type Member } from "./space-crypto.ts";

export interface ExportedThread {
  readonly with: string;
  readonly messages: readonly { readonly by: "me" | "them"; readonly text: string | null }[];
}

/** Null where the server can't be reached. */
export async function exportThreads(safe: Safe): Promise<readonly ExportedThread[] | null> {
  const read = await call(readSpaces, {});
  if (!read.ok) return null;
  const keys = await publicKeys(safe.open);
  const own: Member = { id: safe.account, hpkeKey: keys.hpke, signingKey: keys.signing };
  const threads: ExportedThread[] = [];
  for (const space of read.value.spaces) {
    if (space.sealedKey === null) continue;
    const other: Member = {
      id: space.with.id,
      hpkeKey: base64urlToBytes(space.with.hpkeKey)!,
      signingKey: base64urlToBytes(space.with.signingKey)!,
    };
    const key = await openSpaceKey(safe.open, space.id, own, other, space.sealedKey);
    const messages =
      key === null ? [] : await messagesOf(space.id, own, other, await toMessageKey(key));
    threads.push({ with: space.with.name, messages });
  }
  return threads;
}

async function messagesOf(space: string, own: Member, other: Member, key: CryptoKey) {
  const messages: { by: "me" | "them"; text: string | null }[] = [];
  for (let after = 0; ;) {
    const page = await call(readMessages, { params: { id: space }, query: { after } });
    if (!page.ok) return messages;
    for (const { id, mine, sealed, sequence } of page.value.messages) {
      const text = await openMessage(key, space, mine ? own.id : other.id, id, sealed);
      messages.push({ by: mine ? "me" : "them", text });
      after = sequence;
    }
    if (!page.value.more) return messages;
  }
}
