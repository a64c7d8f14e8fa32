/**
 * Finds texts by their words, in memory: every word that is asked for must begin a word of the text; one that begins
 * no word at all is taken for a slip of the fingers. Our own, because it answers within a frame in thousands of texts
 * (decision 0038). Nothing asked or found leaves it.
 */
import { isSlipOf, SLIP_FROM_LETTERS } from "./slip.ts";

export interface IndexedText {
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly text: string;
}

export interface TextIndex {
  readonly add: (text: IndexedText) => void;
  /** In place of what was there under that id. */
  readonly replace: (text: IndexedText) => void;
  readonly remove: (id: string) => void;
  /** Ids, what fits best first, else in the order in which they came; none where nothing is asked. */
  readonly find: (query: string) => readonly string[];
  /** The same in no order, for whoever has one of their own. */
  readonly matching: (query: string) => ReadonlySet<string>;
}

export interface TextIndexOptions {
  /** Words in so many of the texts that they tell none apart: passed over, in texts and in what is asked. */
  readonly common?: ReadonlySet<string>;
}

/** What a word counts by where it stands; their sum fits into WEIGHT_BITS. */
const WEIGHTS = { title: 4, tags: 2, text: 1 };
const WEIGHT_BITS = 3;
const WEIGHT_MASK = (1 << WEIGHT_BITS) - 1;
/** The very word counts more than one that only begins with it. */
const WHOLE = 1.5;
/** A single letter begins nearly every word: it finds only itself. */
const BEGINNING_FROM_LETTERS = 2;

export function makeTextIndex({ common = new Set() }: TextIndexOptions = {}): TextIndex {
  /** By word: for each text that has it, the text's slot, and its weight there. */
  const entriesByWord = new Map<string, number[]>();
  /** By slot; null where a text was removed. */
  const ids: (string | null)[] = [];
  const slots = new Map<string, number>();

  const add = ({ id, title, tags, text }: IndexedText) => {
    const weights = new Map<string, number>();
    const weigh = (written: string, weight: number) => {
      for (const word of new Set(wordsOf(written)))
        if (!common.has(word)) weights.set(word, (weights.get(word) ?? 0) + weight);
    };
    weigh(title, WEIGHTS.title);
    weigh(tags.join(" "), WEIGHTS.tags);
    weigh(text, WEIGHTS.text);
    const slot = ids.push(id) - 1;
    slots.set(id, slot);
    for (const [word, weight] of weights) {
      const entries = entriesByWord.get(word);
      if (entries === undefined) entriesByWord.set(word, [(slot << WEIGHT_BITS) | weight]);
      else entries.push((slot << WEIGHT_BITS) | weight);
    }
  };
  const remove = (id: string) => {
    const slot = slots.get(id);
    if (slot === undefined) return;
    ids[slot] = null;
    slots.delete(id);
  };

  /** For each slot, what it counts for one word that is asked for; 0 where it has no such word. */
  function scoresOf(asked: string): Float32Array {
    const scores = new Float32Array(ids.length);
    let isKnown = false;
    const count = (entries: readonly number[], worth: number) => {
      isKnown = true;
      for (const entry of entries) {
        const slot = entry >> WEIGHT_BITS;
        const score = (entry & WEIGHT_MASK) * worth;
        if (score > scores[slot]!) scores[slot] = score;
      }
    };
    const isBeginning = asked.length >= BEGINNING_FROM_LETTERS;
    for (const [word, entries] of entriesByWord)
      if (word === asked) count(entries, WHOLE);
      else if (isBeginning && word.startsWith(asked)) count(entries, 1);
    if (!isKnown && asked.length >= SLIP_FROM_LETTERS)
      for (const [word, entries] of entriesByWord) if (isSlipOf(asked, word)) count(entries, 1);
    return scores;
  }

  /** What each slot counts for all words that are asked for, and the slots that have them all; null for no words. */
  function match(query: string): { total: Float32Array; found: number[] } | null {
    const asked = [...new Set(wordsOf(query))].filter((word) => !common.has(word));
    if (asked.length === 0) return null;
    const [total = new Float32Array(), ...others] = asked.map(scoresOf);
    for (const scores of others)
      for (let slot = 0; slot < total.length; slot++) {
        const has = total[slot]! > 0 && scores[slot]! > 0;
        total[slot] = has ? total[slot]! + scores[slot]! : 0;
      }
    const found: number[] = [];
    for (let slot = 0; slot < total.length; slot++)
      if (total[slot]! > 0 && ids[slot] !== null) found.push(slot);
    return { total, found };
  }

  return {
    add,
    remove,
    replace: (text) => {
      remove(text.id);
      add(text);
    },
    find: (query) => {
      const matched = match(query);
      if (matched === null) return [];
      const { total, found } = matched;
      return found.toSorted((a, b) => total[b]! - total[a]!).map((slot) => ids[slot]!);
    },
    matching: (query) => new Set(match(query)?.found.map((slot) => ids[slot]!)),
  };
}

/** Lower case, accents dropped, "don't" as one word. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize("NFKD")
      .replace(/[\u0300-\u036f'\u2019]/g, "")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
