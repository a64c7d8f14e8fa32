/**
 * Short entries, a line each. An empty line always waits at the end, so that nothing has to be "added": what
 * stands there is kept as it is typed. Enter goes on to the next line.
 */
import { useState, type KeyboardEvent } from "react";
import { BareInput } from "#design/bare-input.tsx";
import { Icon } from "#design/icon.tsx";
import { readBy } from "#design/readership.ts";
import { ZoneGroup } from "#design/zone-mark.tsx";
import { StepQuestion } from "../../../web/step-question.tsx";
import type { StepViewProps } from "../../../web/step-view.ts";
import { useFocusAfter } from "../../web/focus-after.ts";
import { Said } from "../../web/said.tsx";
import type { ListAnswer, ListStep } from "../step.ts";
import { words } from "./words.ts";
import style from "./view.module.css";

const LONGEST = 300;

export function View({ step, answer, onChange }: StepViewProps<ListStep, ListAnswer>) {
  const { entries } = answer;
  const [said, say] = useState("");
  const { root, focusAfter } = useFocusAfter<HTMLDivElement>(entries);
  const isFull = entries.length >= step.atMost;
  const lines = isFull ? entries : [...entries, ""];
  const change = (at: number, text: string) =>
    onChange({ ...answer, entries: entries.toSpliced(at, 1, text) });
  const remove = (at: number) => {
    say(words.removed(entries[at]!));
    focusAfter(`line ${Math.min(at, entries.length - 1)}`);
    onChange({ ...answer, entries: entries.toSpliced(at, 1) });
  };
  const take = (prompt: string) => {
    say(words.added(prompt));
    onChange({ ...answer, entries: [...entries.filter((text) => text.trim() !== ""), prompt] });
  };
  const unused = (step.prompts ?? []).filter((prompt) => !entries.includes(prompt));
  return (
    <div className={style["list"]} ref={root}>
      <StepQuestion ask={step.ask} hint={step.hint} />
      <ZoneGroup zone={readBy.onlyYou} label={step.ask}>
        {(note) => (
          <>
            {note}
            <ol className={style["lines"]} role="list">
              {lines.map((text, at) => (
                <li key={at} className={style["line"]}>
                  <BareInput
                    type="text"
                    zone={readBy.onlyYou}
                    className={style["input"]}
                    aria-label={at < entries.length ? words.entry(at + 1) : words.next}
                    placeholder={at > 0 && at === entries.length ? words.next : undefined}
                    maxLength={LONGEST}
                    autoComplete="off"
                    enterKeyHint="next"
                    data-focus={`line ${at}`}
                    value={text}
                    onChange={(event) => change(at, event.target.value)}
                    onKeyDown={goToNext}
                  />
                  {at < entries.length && (
                    <button
                      type="button"
                      className={style["remove"]}
                      aria-label={words.remove(at + 1, text)}
                      onClick={() => remove(at)}
                    >
                      <Icon name="close" />
                    </button>
                  )}
                </li>
              ))}
            </ol>
          </>
        )}
      </ZoneGroup>
      {isFull && <p className={style["quiet"]}>{words.full(step.atMost)}</p>}
      {!isFull && unused.length > 0 && (
        <div className={style["prompts"]}>
          <p className={style["quiet"]} id="prompts">
            {words.prompts}
          </p>
          <ul className={style["chips"]} role="list" aria-labelledby="prompts">
            {unused.map((prompt) => (
              <li key={prompt}>
                <button type="button" className={style["chip"]} onClick={() => take(prompt)}>
                  <Icon name="plus" />
                  {prompt}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <Said text={said} />
    </div>
  );
}

function goToNext(event: KeyboardEvent<HTMLInputElement>) {
  if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.closest("li")?.nextElementSibling?.querySelector("input")?.focus();
}
