/** Stands in for what a screen asked the server for: the shape of it, or why it isn't here with a way to ask again. */
import type { ReactNode } from "react";
import type { Asking } from "#platform/web/asked.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { Actions } from "./actions.tsx";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";
import { Skeleton } from "./skeleton.tsx";
import { words } from "./words.ts";

export interface AwaitedProps<Answer> {
  readonly asking: Asking<Answer>;
  readonly label: string;
  readonly lines?: number;
  /** What is shown once it is here, where that stands in the same place. */
  readonly children?: (answer: Answer) => ReactNode;
}

export function Awaited<Answer>({ asking, label, lines = 6, children }: AwaitedProps<Answer>) {
  switch (asking.asked.state) {
    case "asking":
      return <Skeleton label={label} lines={lines} />;
    case "refused":
      return <NotFetched text={refusalToWords(asking.asked.refusal)} onAgain={asking.again} />;
    case "here":
      return children?.(asking.asked.answer) ?? null;
  }
}

/** `children`: other ways on than asking again. */
export function NotFetched(props: {
  readonly text: string;
  readonly onAgain: () => void;
  readonly children?: ReactNode;
}) {
  return (
    <Notice kind="refusal" title={words.notFetched}>
      <p>{props.text}</p>
      <Actions>
        <Button onClick={props.onAgain}>{words.again}</Button>
        {props.children}
      </Actions>
    </Notice>
  );
}
