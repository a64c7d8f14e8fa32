/** One card at a time, with the piles within reach of the thumb; and the piles themselves, to look at and to change. */
import { useState, type KeyboardEvent } from "react";
import { Button } from "#design/button.tsx";
import { Icon } from "#design/icon.tsx";
import { useToast } from "#design/toast.tsx";
import { StepQuestion } from "../../../web/step-question.tsx";
import type { StepViewProps } from "../../../web/step-view.ts";
import { AddLine } from "../../web/add-line.tsx";
import { useFocusAfter } from "../../web/focus-after.ts";
import { useLatest } from "../../web/latest.ts";
import { Said } from "../../web/said.tsx";
import { words as allWords } from "../../web/words.ts";
import {
  pileOf,
  unlaid,
  withLaid,
  withOwn,
  withoutOwn,
  withPickedUp,
  type Card,
  type CardsAnswer,
  type CardsStep,
} from "../step.ts";
import { DECK, Piles } from "./piles.tsx";
import { words } from "./words.ts";
import style from "./view.module.css";

export function View({ step, answer, onChange }: StepViewProps<CardsStep, CardsAnswer>) {
  const [isOpen, setIsOpen] = useState(false);
  const [said, say] = useState("");
  const { root, focusAfter } = useFocusAfter<HTMLDivElement>(answer);
  const toast = useToast();
  const latest = useLatest(answer);
  const deck = unlaid(step, answer);
  const last = answer.laid.at(-1);

  const lay = (card: Card, pile: string | null) => {
    // Where there is no next card the buttons go, and the focus with them.
    if (deck.length === 1) focusAfter("none");
    say("");
    onChange(withLaid(answer, card.key, pile));
  };
  const pickUp = (key: string) => {
    focusAfter("card");
    onChange(withPickedUp(answer, key));
  };
  const move = (card: Card, to: string | null) => {
    const pile = step.piles.find(({ id }) => id === to)?.text;
    say(words.moved(card.text, to === DECK ? words.deck : (pile ?? words.leftOut)));
    focusAfter(`move ${card.key}`, "piles");
    onChange(to === DECK ? withPickedUp(answer, card.key) : withLaid(answer, card.key, to));
  };

  const remove = ({ text }: Card) => {
    focusAfter("piles");
    const undo = () => onChange(withOwn(step, latest.current, text));
    toast({ text: words.removed(text), undo: { text: allWords.undo, run: undo } });
    onChange(withoutOwn(answer, text));
  };

  return (
    <div className={style["cards"]} ref={root}>
      <StepQuestion ask={step.ask} hint={step.hint} />
      <Deck step={step} answer={answer} deck={deck} onLay={lay} />
      {last !== undefined && (
        <Button
          kind="quiet"
          className={style["back"]}
          icon={<Icon name="back" />}
          onClick={() => pickUp(last.card)}
        >
          {words.back}
        </Button>
      )}
      {step.own !== undefined && (
        <AddLine
          label={step.own}
          onAdd={(text) => {
            say(words.added(text));
            onChange(withOwn(step, answer, text));
          }}
        />
      )}
      <Button
        className={style["toggle"]}
        aria-expanded={isOpen}
        data-focus="piles"
        onClick={() => setIsOpen(!isOpen)}
      >
        {isOpen ? words.hide : words.show}
      </Button>
      <Piles step={step} answer={answer} isOpen={isOpen} onMove={move} onRemove={remove} />
      <Said text={said} />
    </div>
  );
}

function Deck(props: {
  readonly step: CardsStep;
  readonly answer: CardsAnswer;
  readonly deck: readonly Card[];
  readonly onLay: (card: Card, pile: string | null) => void;
}) {
  const { step, answer, deck, onLay } = props;
  const [card] = deck;
  if (card === undefined)
    return (
      <p className={style["none"]} tabIndex={-1} data-focus="none">
        {words.none}
      </p>
    );
  const listen = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    if (!/^\d$/.test(event.key)) return;
    const pile = step.piles[Number(event.key) - 1];
    if (event.key === "0" || pile !== undefined) onLay(card, pile?.id ?? null);
  };
  return (
    // The keys are a comfort beside the buttons, which do the same.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={style["deck"]} onKeyDown={listen}>
      <div className={style["card"]} role="status">
        <p className={style["count"]}>{words.left(deck.length)}</p>
        <p key={card.key} className={style["text"]} tabIndex={-1} data-focus="card">
          {card.text}
        </p>
        {card.says !== undefined && <p className={style["says"]}>{card.says}</p>}
      </div>
      <ul className={style["piles"]} role="list">
        {step.piles.map((pile, i) => (
          <li key={pile.id}>
            <Button wide onClick={() => onLay(card, pile.id)}>
              <kbd aria-hidden="true" className={style["key"]}>
                {i + 1}
              </kbd>
              {words.pile(pile.text, pileOf(step, answer, pile.id).length)}
            </Button>
          </li>
        ))}
      </ul>
      <Button kind="quiet" onClick={() => onLay(card, null)}>
        {words.leaveOut}
      </Button>
      <p className={style["keys"]}>{words.keys(step.piles.length)}</p>
    </div>
  );
}
