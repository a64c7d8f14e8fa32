/** Where the member's verification stands, and whether they have seen how it was decided. */
import { useCallback, useEffect, useState } from "react";
import { base64urlToBytes, bytesToHex } from "#platform/bytes.ts";
import type { AnswerOf } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { collectionTag } from "#vault/web/keys.ts";
import { useCollection, useSafe } from "#vault/web/safe-context.tsx";
import { readVerification } from "../standing-contract.ts";

export type Standing = AnswerOf<typeof readVerification>;

export type StandingState =
  | { readonly at: "loading" }
  | { readonly at: "failed"; readonly why: string }
  | { readonly at: "shown"; readonly standing: Standing };

export function useStanding(): [StandingState, () => Promise<void>] {
  const [state, setState] = useState<StandingState>({ at: "loading" });
  const load = useCallback(async () => {
    const read = await call(readVerification, {});
    setState((before) => {
      if (read.ok) return { at: "shown", standing: read.value };
      // What was shown stays, where only looking again failed.
      return before.at === "shown" ? before : { at: "failed", why: refusalToWords(read.refusal) };
    });
  }, []);
  useEffect(() => void load(), [load]);
  return [state, load];
}

const SETTINGS = "settings";

interface Seen {
  readonly verificationSeen?: string;
}

/** True once the decision has been on the screen, on any device of the member. */
export function useIsDecisionSeen(standing: Standing | null): boolean {
  const settings = useCollection<Seen>(SETTINGS);
  return (
    standing !== null &&
    settings.some(({ content }) => content.verificationSeen === decisionOf(standing))
  );
}

/** Remembers, in the safe, that a decision has been on the screen. */
export function useRememberDecision(standing: Standing | null): void {
  const safe = useSafe();
  const isSeen = useIsDecisionSeen(standing);
  const isDecided = standing?.state === "verified" || standing?.state === "refused";
  const decision = standing !== null && isDecided && !isSeen ? decisionOf(standing) : null;
  useEffect(() => {
    if (decision === null) return;
    void (async () => {
      // The same on every device of the member, and to the server as good as random.
      const id = bytesToHex(base64urlToBytes(await collectionTag(safe.open, "verification seen"))!);
      await safe.write(SETTINGS, id, { verificationSeen: decision } satisfies Seen);
    })();
  }, [safe, decision]);
}

const decisionOf = ({ state, refusedFor }: Standing): string =>
  refusedFor === null ? state : `${state} ${refusedFor}`;
