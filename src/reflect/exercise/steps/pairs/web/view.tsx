/** What belongs together, line by line: one side above the other on a phone, beside it on a wide screen. */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { TextArea } from "#design/field.tsx";
import { Icon } from "#design/icon.tsx";
import { readBy } from "#design/readership.ts";
import { StepQuestion } from "../../../web/step-question.tsx";
import type { StepViewProps } from "../../../web/step-view.ts";
import { useFocusAfter } from "../../web/focus-after.ts";
import { Said } from "../../web/said.tsx";
import type { Pair, PairsAnswer, PairsStep } from "../step.ts";
import { words } from "./words.ts";
import style from "./view.module.css";

const EMPTY: Pair = { left: "", right: "" };
const LONGEST = 1000;

export function View({ step, answer, onChange }: StepViewProps<PairsStep, PairsAnswer>) {
  const [said, say] = useState("");
  const pairs = answer.entries.length === 0 ? [EMPTY] : answer.entries;
  const { root, focusAfter } = useFocusAfter<HTMLDivElement>(pairs.length);
  const keep = (entries: readonly Pair[]) => onChange({ ...answer, entries });
  const add = () => {
    focusAfter(`pair ${pairs.length}`);
    keep([...pairs, EMPTY]);
  };
  const remove = (at: number) => {
    say(words.removed(pairs[at]!.left));
    focusAfter(`pair ${Math.min(at, pairs.length - 2)}`, "add");
    keep(pairs.toSpliced(at, 1));
  };
  return (
    <div className={style["pairs"]} ref={root}>
      <StepQuestion ask={step.ask} hint={step.hint} />
      {step.prompts !== undefined && (
        <p className={style["quiet"]}>{words.instance(step.prompts)}</p>
      )}
      {pairs.map((pair, at) => (
        <div
          key={at}
          role="group"
          aria-label={words.pair(at + 1, pair.left)}
          className={style["pair"]}
          tabIndex={-1}
          data-focus={`pair ${at}`}
        >
          {(["left", "right"] as const).map((side) => (
            <TextArea
              key={side}
              label={step[side]}
              zone={readBy.onlyYou}
              rows={side === "left" ? 1 : 2}
              maxLength={LONGEST}
              value={pair[side]}
              onChange={(text) => keep(pairs.toSpliced(at, 1, { ...pair, [side]: text }))}
            />
          ))}
          {pairs.length > 1 && (
            <Button kind="quiet" icon={<Icon name="close" />} onClick={() => remove(at)}>
              {words.remove}
            </Button>
          )}
        </div>
      ))}
      {pairs.length < step.atMost && (
        <div>
          <Button icon={<Icon name="plus" />} data-focus="add" onClick={add}>
            {words.add}
          </Button>
        </div>
      )}
      <Said text={said} />
    </div>
  );
}
