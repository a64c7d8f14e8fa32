/** One space on this device: its key, its messages as they come, and an outbox that survives a lost network. */
import { useCallback, useEffect, useRef, useState } from "react";
import { useAccount } from "#identity/web/door.tsx";
import { publicKeys } from "#identity/web/account-keys.ts";
import { base64urlToBytes, bytesToBase64url } from "#platform/bytes.ts";
import type { AnswerOf } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useSafe } from "#vault/web/safe-context.tsx";
import type { Safe } from "#vault/web/safe.ts";
import { openSpace, readMessages, readSpaces, sendMessage } from "../contract.ts";
import {
  makeSpaceKey,
  openMessage,
  openSpaceKey,
  sealMessage,
  toMessageKey,
  wordsFor,
  type Member,
} from "./space-crypto.ts";
import { words } from "./words.ts";

export interface Shown {
  readonly id: string;
  readonly mine: boolean;
  /** Null where it could not be opened. */
  readonly text: string | null;
  readonly sent: boolean;
}

export type ThreadState =
  | { readonly at: "loading" }
  | { readonly at: "failed"; readonly why: string; readonly retry: boolean }
  | { readonly at: "keys-changed"; readonly name: string; readonly safety: readonly string[] }
  | {
      readonly at: "open";
      readonly name: string;
      readonly safety: readonly string[];
      readonly messages: readonly Shown[];
    };

interface Opened {
  readonly key: CryptoKey;
  readonly own: Member;
  readonly other: Member;
  readonly name: string;
  readonly safety: readonly string[];
}

/** Kept in the safe: the other's keys as they were known, so that a change is noticed on every device. */
interface KnownSpace {
  readonly otherKeys: string;
}

const LOOK_EVERY_MS = 5_000;

export function useThread(space: string) {
  const safe = useSafe();
  const account = useAccount();
  const [state, setState] = useState<ThreadState>({ at: "loading" });
  const opened = useRef<Opened | null>(null);
  const after = useRef(0);
  const messages = useRef<Shown[]>([]);

  const show = useCallback(() => {
    const { current } = opened;
    if (current)
      setState({
        at: "open",
        name: current.name,
        safety: current.safety,
        messages: [...messages.current],
      });
  }, []);

  const look = useCallback(async () => {
    const { current } = opened;
    if (!current) return;
    for (let more = true; more;) {
      const read = await call(readMessages, {
        params: { id: space },
        query: { after: after.current },
      });
      if (!read.ok) return;
      for (const message of read.value.messages) {
        after.current = Math.max(after.current, message.sequence);
        const sender = message.mine ? current.own.id : current.other.id;
        const text = await openMessage(current.key, space, sender, message.id, message.sealed);
        const shown = { id: message.id, mine: message.mine, text, sent: true };
        const at = messages.current.findIndex((each) => each.id === message.id);
        if (at >= 0) messages.current[at] = shown;
        else messages.current.push(shown);
      }
      more = read.value.more;
    }
    show();
  }, [space, show]);

  const open = useCallback(
    async (accepted: boolean) => {
      const read = await call(readSpaces, {});
      if (!read.ok) {
        setState({ at: "failed", why: refusalToWords(read.refusal), retry: true });
        return;
      }
      const found = read.value.spaces.find((each) => each.id === space);
      if (!found) {
        setState({ at: "failed", why: words.notFound, retry: false });
        return;
      }
      const own = await ownMember(safe, account.id);
      const other = toMember(found.with);
      const safety = wordsFor(own, other);
      if (!accepted && hasChanged(safe, space, other)) {
        setState({ at: "keys-changed", name: found.with.name, safety });
        return;
      }
      const key = await keyOf(safe, space, own, other, found.sealedKey);
      if (!key) {
        setState({ at: "failed", why: words.keyTrouble, retry: true });
        return;
      }
      await rememberKeys(safe, space, other);
      opened.current = { key, own, other, name: found.with.name, safety };
      await look();
      show();
    },
    [account.id, look, safe, show, space],
  );

  useEffect(() => {
    void open(false);
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void look();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [open, look]);

  const send = useCallback(
    async (text: string, id: string): Promise<string | null> => {
      const { current } = opened;
      if (!current) return words.keyTrouble;
      const sealed = await sealMessage(current.key, space, current.own.id, id, text);
      const sent = await call(sendMessage, { params: { id: space }, body: { id, sealed } });
      if (!sent.ok)
        return sent.refusal.type === "TooLarge" ? words.tooLong : refusalToWords(sent.refusal);
      await look();
      return null;
    },
    [look, space],
  );

  return { state, send, retry: () => void open(false), acceptKeys: () => void open(true) };
}

async function keyOf(
  safe: Safe,
  space: string,
  own: Member,
  other: Member,
  sealed: string | null,
): Promise<CryptoKey | null> {
  if (sealed !== null) {
    const key = await openSpaceKey(safe.open, space, own, other, sealed);
    return key && toMessageKey(key);
  }
  const made = await makeSpaceKey(safe.open, space, own, other);
  const kept = await call(openSpace, {
    params: { id: space },
    body: { own: made.own, other: made.other },
  });
  if (kept.ok) return toMessageKey(made.key);
  // The other one was first: theirs counts.
  const read = await call(readSpaces, {});
  const theirs = read.ok ? read.value.spaces.find((each) => each.id === space)?.sealedKey : null;
  return theirs ? keyOf(safe, space, own, other, theirs) : null;
}

async function ownMember(safe: Safe, id: string): Promise<Member> {
  const { hpke, signing } = await publicKeys(safe.open);
  return { id, hpkeKey: hpke, signingKey: signing };
}

type Person = AnswerOf<typeof readSpaces>["spaces"][number]["with"];

const toMember = (person: Person): Member => ({
  id: person.id,
  hpkeKey: base64urlToBytes(person.hpkeKey)!,
  signingKey: base64urlToBytes(person.signingKey)!,
});

const recordId = (space: string): string => space.replaceAll("-", "");
const keysText = (member: Member): string =>
  `${bytesToBase64url(member.hpkeKey)} ${bytesToBase64url(member.signingKey)}`;

function hasChanged(safe: Safe, space: string, other: Member): boolean {
  const known = safe.get<KnownSpace>("space", recordId(space));
  return known !== null && known.otherKeys !== keysText(other);
}

async function rememberKeys(safe: Safe, space: string, other: Member): Promise<void> {
  const known = safe.get<KnownSpace>("space", recordId(space));
  if (known?.otherKeys !== keysText(other))
    await safe.write("space", recordId(space), { otherKeys: keysText(other) } satisfies KnownSpace);
}
