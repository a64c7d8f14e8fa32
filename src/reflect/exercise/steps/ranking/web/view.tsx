/** Things in order: each is moved by its buttons or by the arrow keys, and what has moved is told where it went. */
import { useId, useState, type KeyboardEvent } from "react";
import { classNames } from "#design/class-names.ts";
import { Icon } from "#design/icon.tsx";
import { StepQuestion } from "../../../web/step-question.tsx";
import type { StepViewProps } from "../../../web/step-view.ts";
import { useFocusAfter } from "../../web/focus-after.ts";
import { Said } from "../../web/said.tsx";
import { words as allWords } from "../../web/words.ts";
import { rankedText, withMoved, type RankingAnswer, type RankingStep } from "../step.ts";
import { words } from "./words.ts";
import style from "./view.module.css";

export function View({ step, answer, onChange }: StepViewProps<RankingStep, RankingAnswer>) {
  const id = useId();
  const { order } = answer;
  const [said, say] = useState("");
  const [last, setLast] = useState<string | null>(null);
  const { root, focusAfter } = useFocusAfter<HTMLDivElement>(order);
  const move = (item: string, to: number, way: Way) => {
    const next = withMoved(answer, item, to);
    if (next === answer) return;
    const place = next.order.indexOf(item);
    focusAfter(`${way} ${item}`, `up ${item}`);
    say(words.moved(rankedText(step, item), place + 1, order.length));
    setLast(item);
    onChange(next);
  };
  return (
    <div className={style["ranking"]} ref={root}>
      <StepQuestion id={id} ask={step.ask} hint={step.hint} />
      {order.length === 0 && <p>{allWords.nothingCarried}</p>}
      {order.length === 1 && <p className={style["quiet"]}>{words.onlyOne}</p>}
      {order.length > 1 && <p className={style["keys"]}>{words.keys}</p>}
      <ol className={style["order"]} role="list" aria-labelledby={id}>
        {order.map((item, place) => (
          <li key={item} className={style["item"]} data-last={item === last ? "" : undefined}>
            <Row
              item={item}
              text={rankedText(step, item)}
              place={place}
              of={order.length}
              onMove={(to, way) => move(item, to, way)}
            />
            {step.keep === place + 1 && place + 1 < order.length && (
              <p className={style["kept"]}>{words.kept(step.keep)}</p>
            )}
          </li>
        ))}
      </ol>
      <Said text={said} />
    </div>
  );
}

type Way = "up" | "down" | "top";

function Row(props: {
  readonly item: string;
  readonly text: string;
  readonly place: number;
  readonly of: number;
  readonly onMove: (to: number, way: Way) => void;
}) {
  const { item, text, place, of, onMove } = props;
  const listen = (event: KeyboardEvent) => {
    const way = wayByKey.get(event.key);
    if (way === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onMove(way === "up" ? place - 1 : place + 1, way);
  };
  return (
    <div className={style["row"]}>
      <span className={style["place"]} aria-hidden="true">
        {place + 1}
      </span>
      <span className={style["text"]}>{text}</span>
      {of > 1 && (
        // The keys are a comfort beside the buttons, which do the same.
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
        <span className={style["ways"]} onKeyDown={listen}>
          {place > 1 && (
            <MoveButton
              way="top"
              item={item}
              label={words.toTop(text)}
              onMove={() => onMove(0, "top")}
            />
          )}
          <MoveButton
            way="up"
            item={item}
            label={words.up(text)}
            isOff={place === 0}
            onMove={() => onMove(place - 1, "up")}
          />
          <MoveButton
            way="down"
            item={item}
            label={words.down(text)}
            isOff={place === of - 1}
            onMove={() => onMove(place + 1, "down")}
          />
        </span>
      )}
    </div>
  );
}

const wayByKey = new Map<string, Way>([
  ["ArrowUp", "up"],
  ["ArrowDown", "down"],
]);

/** Off, it keeps the focus: what reached the top with a key can be moved back down with one. */
function MoveButton(props: {
  readonly way: Way;
  readonly item: string;
  readonly label: string;
  readonly isOff?: boolean;
  readonly onMove: () => void;
}) {
  const { way, item, label, isOff = false, onMove } = props;
  return (
    <button
      type="button"
      className={classNames(style["move"], style[way])}
      aria-label={label}
      aria-disabled={isOff}
      data-focus={`${way} ${item}`}
      onClick={onMove}
    >
      <Icon name="down" />
    </button>
  );
}
