/** A card sort: each card goes to a pile, or to none. */
import * as v from "valibot";
import { proseSchema } from "#library/prose.ts";
import { askFields, namedSchema, pickedSchema } from "../../step-fields.ts";
import type { StepRules } from "../../step-rules.ts";
import { namedMarkdownLists } from "../markdown-list.ts";

const pileSchema = v.strictObject({
  ...namedSchema.entries,
  /** False for a pile like "not mine": a card laid there says nothing about the person. */
  counts: v.exactOptional(v.literal(false)),
});

export const cardsStepSchema = v.strictObject({
  kind: v.literal("cards"),
  ...askFields,
  piles: v.pipe(v.array(pileSchema), v.minLength(2), v.maxLength(4)),
  cards: v.pipe(v.array(pickedSchema), v.minLength(4), v.maxLength(60)),
  /** Label of the field for a card of one's own. */
  own: v.exactOptional(proseSchema),
});
export type CardsStep = v.InferOutput<typeof cardsStepSchema>;

const cardsAnswerSchema = v.object({
  /** Cards of one's own, as typed. */
  own: v.array(v.string()),
  /** In the order in which they were laid down; `pile` is null for one that was left out. */
  laid: v.array(v.object({ card: v.string(), pile: v.nullable(v.string()) })),
});
export type CardsAnswer = v.InferOutput<typeof cardsAnswerSchema>;

export interface Card {
  /** The id of a card that is given, or of one's own: `own:` and its text, which no given one can have. */
  readonly key: string;
  readonly text: string;
  readonly says?: string | undefined;
  readonly isOwn: boolean;
}

/** One's own come first, so that what was just written is the next to be laid down. */
function deckOf(step: CardsStep, answer: CardsAnswer): readonly Card[] {
  return [
    ...answer.own.map((text) => ({ key: ownKey(text), text, isOwn: true })),
    ...step.cards.map(({ id, text, says }) => ({ key: id, text, says, isOwn: false })),
  ];
}

export function unlaid(step: CardsStep, answer: CardsAnswer): readonly Card[] {
  const keys = new Set(answer.laid.map(({ card }) => card));
  return deckOf(step, answer).filter(({ key }) => !keys.has(key));
}

/** Where it goes: a pile's id, or null to leave it out. Moves a card that lies somewhere else. */
export function withLaid(answer: CardsAnswer, card: string, pile: string | null): CardsAnswer {
  return { ...answer, laid: [...withPickedUp(answer, card).laid, { card, pile }] };
}

export function withPickedUp(answer: CardsAnswer, card: string): CardsAnswer {
  return { ...answer, laid: answer.laid.filter((each) => each.card !== card) };
}

export function withOwn(step: CardsStep, answer: CardsAnswer, typed: string): CardsAnswer {
  const text = typed.trim();
  const isThere = text === "" || deckOf(step, answer).some((card) => card.text === text);
  return isThere ? answer : { ...answer, own: [text, ...answer.own] };
}

export function withoutOwn(answer: CardsAnswer, text: string): CardsAnswer {
  const { laid } = withPickedUp(answer, ownKey(text));
  return { own: answer.own.filter((each) => each !== text), laid };
}

/** The cards of a pile in the order they came to lie there; of those left out where `pile` is null. */
export function pileOf(step: CardsStep, answer: CardsAnswer, pile: string | null): readonly Card[] {
  const cards = new Map(deckOf(step, answer).map((card) => [card.key, card]));
  return answer.laid.flatMap((each) => (each.pile === pile ? (cards.get(each.card) ?? []) : []));
}

export const cardsRules: StepRules<CardsStep, CardsAnswer> = {
  empty: () => ({ own: [], laid: [] }),
  read: (step, raw) => {
    const parsed = v.safeParse(cardsAnswerSchema, raw);
    if (!parsed.success) return null;
    const own = [...new Set(parsed.output.own)];
    const keys = new Set(deckOf(step, { own, laid: [] }).map(({ key }) => key));
    const piles = new Set<string | null>([null, ...step.piles.map(({ id }) => id)]);
    const laid = new Map(parsed.output.laid.map((each) => [each.card, each]));
    return {
      own,
      // What lay in a pile that is no more is laid down again; a card that is no more had nobody's words on it.
      laid: [...laid.values()].filter(({ card, pile }) => keys.has(card) && piles.has(pile)),
    };
  },
  isAnswered: (_, { own, laid }) => own.length > 0 || laid.length > 0,
  entries: (step, answer, part) =>
    (part === undefined ? step.piles.map(({ id }) => id) : [part])
      .flatMap((pile) => pileOf(step, answer, pile))
      .map(({ text }) => text),
  parts: (step) => step.piles.map(({ id }) => id),
  typed: (_, { own }) => own,
  // In whatever pile: what came long ago may be back, and only the person knows.
  callsForCare: ({ cards, piles }, { laid }) => {
    const dark = new Set(cards.filter(({ crisis }) => crisis).map(({ id }) => id));
    const counting = new Set(piles.filter(({ counts }) => counts !== false).map(({ id }) => id));
    return laid.some(({ card, pile }) => dark.has(card) && pile !== null && counting.has(pile));
  },
  toMarkdown: (step, answer) =>
    namedMarkdownLists(
      step.piles.map(({ id, text }) => ({
        name: text,
        texts: pileOf(step, answer, id).map((card) => card.text),
      })),
    ),
};

const ownKey = (text: string): string => `own:${text}`;
