/** What a steward's screen asked the server for: on its way, refused with a way to ask again, or here. */
import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Notice } from "#design/notice.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import type { AnswerOf, KnowingRoute, WireRefusal } from "#platform/contract.ts";
import { call, type CallInput } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { words } from "./words.ts";

export type Asked<Answer> =
  | { readonly state: "asking" }
  | { readonly state: "refused"; readonly refusal: WireRefusal }
  | { readonly state: "here"; readonly answer: Answer };

export interface Asking<Answer> {
  readonly asked: Asked<Answer>;
  /** The last answer stays in sight while asking again. */
  readonly again: () => void;
}

/** For routes that need nothing but their address. */
export function useAsked<R extends KnowingRoute>(route: R): Asking<AnswerOf<R>> {
  const [asked, setAsked] = useState<Asked<AnswerOf<R>>>({ state: "asking" });
  const current = useRef<AbortController | null>(null);
  const ask = useCallback(() => {
    current.current?.abort();
    const leaving = new AbortController();
    current.current = leaving;
    call(route, { signal: leaving.signal } as CallInput<R>).then(
      (result) => {
        if (leaving.signal.aborted) return;
        setAsked((before) => {
          if (result.ok) return { state: "here", answer: result.value };
          return before.state === "here" ? before : { state: "refused", refusal: result.refusal };
        });
      },
      () => undefined, // Only leaving the screen comes here; all else is a refusal.
    );
  }, [route]);
  useEffect(() => {
    ask();
    return () => current.current?.abort();
  }, [ask]);
  const again = useCallback(() => {
    setAsked((before) => (before.state === "here" ? before : { state: "asking" }));
    ask();
  }, [ask]);
  return { asked, again };
}

export interface AwaitedProps<Answer> {
  readonly asking: Asking<Answer>;
  readonly label: string;
  readonly lines?: number;
  readonly children: (answer: Answer) => ReactNode;
}

/** The children once the answer is here, and what stands in for them until then. */
export function Awaited<Answer>({ asking, label, lines = 4, children }: AwaitedProps<Answer>) {
  switch (asking.asked.state) {
    case "asking":
      return <Skeleton label={label} lines={lines} />;
    case "refused":
      return (
        <Notice kind="refusal" title={words.asked.failed}>
          <p>{refusalToWords(asking.asked.refusal)}</p>
          <Actions>
            <Button onClick={asking.again}>{words.asked.again}</Button>
          </Actions>
        </Notice>
      );
    case "here":
      return children(asking.asked.answer);
  }
}
