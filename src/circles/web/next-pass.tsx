/** After a circle was left: from when on another can be waited for, or why there is no pass for it yet. */
import { Button } from "#design/button.tsx";
import { Notice } from "#design/notice.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import { dayText } from "#design/time.tsx";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { CROWD_TO_OPEN } from "#pass/crowd.ts";
import type { Trouble } from "./room-log.ts";
import { useNextPass } from "./use-next-pass.ts";
import type { Here } from "./use-place.ts";
import { words } from "./words.ts";

const text = words.next;

export function NextPass({ here }: { readonly here: Pick<Here, "own" | "visit"> }) {
  const { next, ask } = useNextPass(here);
  switch (next.at) {
    case "asking":
      return <Skeleton label={text.asking} lines={2} />;
    case "held":
      return (
        <p role="status">{text.held(dayText(next.period.beginsFrom, "full"), CROWD_TO_OPEN)}</p>
      );
    case "refused":
      return (
        <Notice>
          <p>{refusedText(next.trouble)}</p>
          {isForNow(next.trouble) && <Button onClick={ask}>{words.retry}</Button>}
        </Notice>
      );
  }
}

function refusedText(trouble: Trouble): string {
  if (trouble.type === "LogsBroken") return words.trouble.text;
  return text.refused[trouble.type] ?? words.refused[trouble.type] ?? refusalToWords(trouble);
}

/** Of the others asking again changes nothing until another month. */
const isForNow = ({ type }: Trouble): boolean =>
  text.refused[type] === undefined || type === "Offline";
