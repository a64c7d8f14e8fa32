/** The piles side by side, or one below the other on a phone. Every card can be moved to any other of them. */
import { useId } from "react";
import { SelectField } from "#design/field.tsx";
import { Icon } from "#design/icon.tsx";
import { readBy } from "#design/readership.ts";
import { ZoneGroup } from "#design/zone-mark.tsx";
import { pileOf, type Card, type CardsAnswer, type CardsStep } from "../step.ts";
import { words } from "./words.ts";
import style from "./piles.module.css";

/** A select's values are texts, and no id has a blank in it. */
const OUT = "left out";
/** Back among those that are not laid yet. */
export const DECK = "not laid";

interface PilesProps {
  readonly step: CardsStep;
  readonly answer: CardsAnswer;
  /** Wide screens show them always. */
  readonly isOpen: boolean;
  readonly onMove: (card: Card, to: string | null) => void;
  readonly onRemove: (card: Card) => void;
}

export function Piles(props: PilesProps) {
  const { step, answer, isOpen } = props;
  const out = pileOf(step, answer, null);
  return (
    <div className={style["frame"]} data-open={isOpen ? "" : undefined}>
      <ZoneGroup zone={readBy.onlyYou} label={words.piles} className={style["piles"]}>
        {() => (
          <>
            {step.piles.map((pile) => (
              <Pile
                key={pile.id}
                {...props}
                name={pile.text}
                value={pile.id}
                cards={pileOf(step, answer, pile.id)}
              />
            ))}
            {out.length > 0 && <Pile {...props} name={words.leftOut} value={OUT} cards={out} />}
          </>
        )}
      </ZoneGroup>
    </div>
  );
}

function Pile(
  props: PilesProps & {
    readonly name: string;
    readonly value: string;
    readonly cards: readonly Card[];
  },
) {
  const { step, name, value, cards, onMove, onRemove } = props;
  const id = useId();
  const options = [
    ...step.piles.map((pile) => ({ value: pile.id, text: pile.text })),
    { value: OUT, text: words.leftOut },
    { value: DECK, text: words.deck },
  ];
  return (
    <section className={style["pile"]} aria-labelledby={id}>
      <h2 id={id} className={style["name"]}>
        {words.pile(name, cards.length)}
      </h2>
      {cards.length === 0 && <p className={style["empty"]}>{words.empty}</p>}
      <ul className={style["cards"]} role="list">
        {cards.map((card) => (
          <li key={card.key} className={style["card"]}>
            <SelectField
              label={card.text}
              zone={readBy.onlyYou}
              options={options}
              value={value}
              data-focus={`move ${card.key}`}
              onChange={(to) => onMove(card, to === OUT ? null : to)}
            />
            {card.isOwn && (
              <button
                type="button"
                className={style["remove"]}
                aria-label={words.remove(card.text)}
                onClick={() => onRemove(card)}
              >
                <Icon name="close" />
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
