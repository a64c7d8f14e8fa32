/** What a screen asked the server for: on its way, refused with a way to ask again, or here. */
import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { Button } from "#design/button.tsx";
import { Notice } from "#design/notice.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import type { WireRefusal } from "#platform/contract.ts";
import type { Result } from "#platform/result.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { words } from "./words.ts";

type Asked<Answer> =
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

/** Stands in for what is not here yet; nothing once it is. */
export function Awaited(props: {
  readonly asking: Asking<unknown>;
  readonly label: string;
  readonly lines?: number;
}): ReactNode {
  const { asking, label, lines = 6 } = props;
  switch (asking.asked.state) {
    case "asking":
      return <Skeleton label={label} lines={lines} />;
    case "refused":
      return (
        <Notice kind="refusal" title={words.asked.failed}>
          <p>{refusalToWords(asking.asked.refusal)}</p>
          <div>
            <Button onClick={asking.again}>{words.asked.again}</Button>
          </div>
        </Notice>
      );
    case "here":
      return null;
  }
}
