/** The stewards' key on its page: read, checked, and read again after whatever was done with it. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { AnswerOf } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { useSafe } from "#vault/web/safe-context.tsx";
import type { Safe } from "#vault/web/safe.ts";
import { offerStewardKeys } from "../steward-keys-contract.ts";
import { readVerifications } from "../verification-contract.ts";
import { readKeyRoom, type KeyRoom, type KeyRoomRefusal } from "./key-room.ts";
import type { Result } from "#platform/result.ts";

type Waiting = AnswerOf<typeof readVerifications>["verifications"][number];

export type KeyRoomState =
  | { readonly at: "loading" }
  | { readonly at: "refused"; readonly refusal: KeyRoomRefusal }
  | {
      readonly at: "open";
      readonly room: KeyRoom;
      /** Askings with a document; it may be sealed to an earlier key. */
      readonly documents: readonly Waiting[];
    };

/** `again` resolves when it has been read; what was read before stays in sight meanwhile. */
export function useKeyRoom(): {
  readonly state: KeyRoomState;
  readonly again: () => Promise<void>;
} {
  const safe = useSafe();
  const [state, setState] = useState<KeyRoomState>({ at: "loading" });
  const lastRead = useRef(0);
  const again = useCallback(async () => {
    lastRead.current += 1;
    const { current: own } = lastRead;
    const next = await readAll(safe);
    if (own === lastRead.current) setState(next);
  }, [safe]);
  useEffect(() => {
    void again();
    return () => {
      // What is still on its way finds nobody.
      lastRead.current += 1;
    };
  }, [again]);
  return { state, again };
}

async function readAll(safe: Safe): Promise<KeyRoomState> {
  const room = await withOwnOffer(safe);
  if (!room.ok) return { at: "refused", refusal: room.refusal };
  const queue = await call(readVerifications, {});
  if (!queue.ok) return { at: "refused", refusal: queue.refusal };
  const documents = queue.value.verifications.filter(({ documentEpoch }) => documentEpoch !== null);
  return { at: "open", room: room.value, documents };
}

/** Whoever opens the page has asked to be admitted by that: nothing is given away by it. */
async function withOwnOffer(safe: Safe): Promise<Result<KeyRoom, KeyRoomRefusal>> {
  const room = await readKeyRoom(safe);
  if (!room.ok) return room;
  const shown = room.value.stewards.find(({ account }) => account === safe.account);
  if (shown?.binding === room.value.own.binding) return room;
  const offered = await call(offerStewardKeys, { body: { binding: room.value.own.binding } });
  return offered.ok ? readKeyRoom(safe) : offered;
}
