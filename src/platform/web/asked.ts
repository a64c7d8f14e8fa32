/** What a screen asks the server for when it opens: on its way, refused, or here; and how to ask again. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { AnswerOf, KnowingRoute, WireRefusal } from "../contract.ts";
import type { Result } from "../result.ts";
import { call, type CallInput } from "./api.ts";

export type Asked<Answer> =
  | { readonly state: "asking" }
  | { readonly state: "refused"; readonly refusal: WireRefusal }
  | { readonly state: "here"; readonly answer: Answer };

export interface Asking<Answer> {
  readonly asked: Asked<Answer>;
  /** The last answer stays in sight while asking again. */
  readonly again: () => void;
}

/** `ask` must be the same function on every rendering. */
export function useAsked<Answer>(
  ask: (signal: AbortSignal) => Promise<Result<Answer, WireRefusal>>,
): Asking<Answer> {
  const [asked, setAsked] = useState<Asked<Answer>>({ state: "asking" });
  const current = useRef<AbortController>(null);

  const start = useCallback(() => {
    current.current?.abort();
    const leaving = new AbortController();
    current.current = leaving;
    void ask(leaving.signal).then(
      (result) => {
        if (leaving.signal.aborted) return;
        setAsked((before) => {
          if (result.ok) return { state: "here", answer: result.value };
          return before.state === "here" ? before : { state: "refused", refusal: result.refusal };
        });
      },
      (error: unknown) => {
        if (!leaving.signal.aborted) throw error;
      },
    );
  }, [ask]);

  useEffect(() => {
    start();
    return () => current.current?.abort();
  }, [start]);

  const again = useCallback(() => {
    setAsked((before) => (before.state === "here" ? before : { state: "asking" }));
    start();
  }, [start]);
  return { asked, again };
}

/** For routes that need nothing but their address. */
export const useAskedRoute = <R extends KnowingRoute>(route: R): Asking<AnswerOf<R>> =>
  useAsked(useCallback((signal) => call(route, { signal } as CallInput<R>), [route]));
