/**
 * Who sits where while the search goes on, and what a change would be worth. Every circle keeps its common hours,
 * and those its members would have without each one, so that a change is judged without going through them.
 */
import { APART } from "./pool.ts";
import type { Pool } from "./pool.ts";
import {
  EXCEPTION,
  FURTHER_HOUR,
  LEFT_WAITING,
  leastSize,
  MOST_FURTHER_HOURS,
  WEIGHT_FACTOR,
} from "./score.ts";
import type { FormationRules } from "../formation.ts";

export const NOWHERE = -1;
/** Of a change that a hard rule forbids. */
export const IMPOSSIBLE = Number.NEGATIVE_INFINITY;
/** What each seat lacking to the smallest size costs a circle while those are still allowed to grow. */
const LACKING_SEAT = 100;

export class Seating {
  /** By person: the circle, and the seat in it. */
  readonly circleOf: Int32Array;
  readonly seatOf: Int32Array;
  /** By circle. There are more than can fill; the rest stay empty. */
  readonly sizes: Int32Array;
  readonly circles: number;
  /** By circle and seat: the person. */
  readonly members: Int32Array;
  /** By hour: the circles that may meet then, as many as `circlesAt` says. */
  readonly byHour: Int32Array;
  readonly circlesAt: Int32Array;

  readonly #pool: Pool<unknown>;
  readonly #largest: number;
  readonly #least: number;
  /** By person: the sum of their weights with the others of their circle. */
  readonly #bonds: Int32Array;
  readonly #weightSums: Int32Array;
  readonly #worths: Float64Array;
  /** By circle, all members' common hours; by seat, those of all others. A word with every bit where there are none. */
  readonly #common: Int32Array;
  readonly #without: Int32Array;
  /** By circle: the hours at which it is listed, none for an empty one. */
  readonly #listed: Int32Array;
  readonly #placeInHour: Int32Array;
  /** By size: what makes a worth of weights and common hours. */
  readonly #perWeight: Float64Array;
  readonly #counted: Float64Array;
  readonly #offset: Float64Array;
  readonly #smallest: number;

  constructor(pool: Pool<unknown>, rules: FormationRules<never>) {
    const people = pool.entries.length;
    this.#pool = pool;
    this.#largest = rules.largest;
    this.#smallest = rules.smallest;
    this.#least = leastSize(rules);
    this.circles = Math.ceil(people / this.#least) + 1;
    this.circleOf = new Int32Array(people).fill(NOWHERE);
    this.seatOf = new Int32Array(people);
    this.sizes = new Int32Array(this.circles);
    this.members = new Int32Array(this.circles * rules.largest);
    this.byHour = new Int32Array(pool.hours * this.circles);
    this.circlesAt = new Int32Array(pool.hours);
    this.#bonds = new Int32Array(people);
    this.#weightSums = new Int32Array(this.circles);
    this.#worths = new Float64Array(this.circles);
    this.#common = new Int32Array(this.circles * pool.words).fill(-1);
    this.#without = new Int32Array(this.circles * rules.largest * pool.words);
    this.#listed = new Int32Array(this.circles * pool.words);
    this.#placeInHour = new Int32Array(pool.hours * this.circles);
    this.#perWeight = new Float64Array(rules.largest + 2);
    this.#counted = new Float64Array(rules.largest + 2);
    this.#offset = new Float64Array(rules.largest + 2);
    this.setTolerance(1);
  }

  /** 1: circles that are too small count by their weights, and less for each seat lacking; 0: as people left waiting. */
  setTolerance(tolerance: number): void {
    for (let size = 1; size <= this.#largest; size++) {
      const isFull = size >= this.#least;
      this.#perWeight[size] = WEIGHT_FACTOR / Math.max(1, size - 1);
      this.#counted[size] = isFull ? 1 : tolerance;
      if (isFull) this.#offset[size] = size < this.#smallest ? -EXCEPTION : 0;
      else
        this.#offset[size] =
          -tolerance * LACKING_SEAT * (this.#least - size) - (1 - tolerance) * LEFT_WAITING * size;
    }
    for (let circle = 0; circle < this.circles; circle++)
      if (this.sizes[circle]! < this.#least) this.#reckon(circle);
  }

  /** What it adds to the score if a person gives up their seat, or ends waiting. */
  leaving(person: number): number {
    const circle = this.circleOf[person]!;
    if (circle === NOWHERE) return LEFT_WAITING;
    const seat = circle * this.#largest + this.seatOf[person]!;
    const worth = this.#worth(
      this.sizes[circle]! - 1,
      this.#weightSums[circle]! - this.#bonds[person]!,
      commonHours(this.#without, seat, this.#without, seat, this.#pool.words),
    );
    return worth - this.#worths[circle]!;
  }

  joining(person: number, circle: number): number {
    const { words, hourWords } = this.#pool;
    const hours = commonHours(this.#common, circle, hourWords, person, words);
    if (hours === 0) return IMPOSSIBLE;
    const bond = this.#bond(person, circle);
    if (bond < APART / 2) return IMPOSSIBLE;
    const worth = this.#worth(this.sizes[circle]! + 1, this.#weightSums[circle]! + bond, hours);
    return worth - this.#worths[circle]!;
  }

  /** What it adds to the score of a circle if a newcomer takes the seat of one of its members. */
  replacing(member: number, newcomer: number): number {
    const circle = this.circleOf[member]!;
    const { words, hourWords, weights, entries } = this.#pool;
    const seat = circle * this.#largest + this.seatOf[member]!;
    const hours = commonHours(this.#without, seat, hourWords, newcomer, words);
    if (hours === 0) return IMPOSSIBLE;
    const bond = this.#bond(newcomer, circle) - weights[newcomer * entries.length + member]!;
    if (bond < APART / 2) return IMPOSSIBLE;
    const sum = this.#weightSums[circle]! - this.#bonds[member]! + bond;
    return this.#worth(this.sizes[circle]!, sum, hours) - this.#worths[circle]!;
  }

  /** Whether the hours of the newcomer and of all but that member have one in common. */
  couldReplace(member: number, newcomer: number): boolean {
    const { words, hourWords } = this.#pool;
    const seat = (this.circleOf[member]! * this.#largest + this.seatOf[member]!) * words;
    for (let word = 0; word < words; word++)
      if ((this.#without[seat + word]! & hourWords[newcomer * words + word]!) !== 0) return true;
    return false;
  }

  /** Moves a person to a circle, or out of every one. */
  move(person: number, to: number): void {
    const from = this.circleOf[person]!;
    if (from !== NOWHERE) {
      this.#stand(person);
      this.#reckon(from);
    }
    if (to !== NOWHERE) {
      this.#sit(person, to);
      this.#reckon(to);
    }
  }

  /** Two people of different circles, or one who is waiting, change places. */
  swap(one: number, other: number): void {
    const [ofOne, ofOther] = [this.circleOf[one]!, this.circleOf[other]!];
    if (ofOne !== NOWHERE) this.#stand(one);
    if (ofOther !== NOWHERE) this.#stand(other);
    if (ofOther !== NOWHERE) this.#sit(one, ofOther);
    if (ofOne !== NOWHERE) this.#sit(other, ofOne);
    if (ofOne !== NOWHERE) this.#reckon(ofOne);
    if (ofOther !== NOWHERE) this.#reckon(ofOther);
  }

  /** The people of every circle that is large enough. */
  seated(): number[][] {
    return Array.from({ length: this.circles }, (_, circle) => [
      ...this.members.subarray(
        circle * this.#largest,
        circle * this.#largest + this.sizes[circle]!,
      ),
    ]).filter((members) => members.length >= this.#least);
  }

  #worth(size: number, weightSum: number, hours: number): number {
    const further = hours > MOST_FURTHER_HOURS ? MOST_FURTHER_HOURS : hours - 1;
    return (
      this.#counted[size]! *
        (Math.round(weightSum * this.#perWeight[size]!) + FURTHER_HOUR * further) +
      this.#offset[size]!
    );
  }

  /** The sum of a person's weights with those of a circle. */
  #bond(person: number, circle: number): number {
    const { weights, entries } = this.#pool;
    const row = person * entries.length;
    const start = circle * this.#largest;
    const end = start + this.sizes[circle]!;
    let sum = 0;
    for (let seat = start; seat < end; seat++) sum += weights[row + this.members[seat]!]!;
    return sum;
  }

  #stand(person: number): void {
    const circle = this.circleOf[person]!;
    const seat = this.seatOf[person]!;
    const moved = this.members[circle * this.#largest + --this.sizes[circle]!]!;
    this.members[circle * this.#largest + seat] = moved;
    this.seatOf[moved] = seat;
    this.circleOf[person] = NOWHERE;
    this.#weightSums[circle]! -= this.#bonds[person]!;
    this.#tie(person, circle, -1);
  }

  #sit(person: number, circle: number): void {
    const bond = this.#bond(person, circle);
    this.#bonds[person] = bond;
    this.#weightSums[circle]! += bond;
    this.#tie(person, circle, 1);
    const seat = this.sizes[circle]!++;
    this.members[circle * this.#largest + seat] = person;
    this.seatOf[person] = seat;
    this.circleOf[person] = circle;
  }

  /** Adds somebody's weights to the bonds of a circle's members, or takes them off. */
  #tie(person: number, circle: number, sign: 1 | -1): void {
    const { weights, entries } = this.#pool;
    const start = circle * this.#largest;
    const end = start + this.sizes[circle]!;
    for (let seat = start; seat < end; seat++) {
      const member = this.members[seat]!;
      this.#bonds[member]! += sign * weights[person * entries.length + member]!;
    }
  }

  /** After its members have changed: the hours they share, and what it is worth. */
  #reckon(circle: number): void {
    const size = this.sizes[circle]!;
    const { words } = this.#pool;
    let hours = 0;
    for (let word = 0; word < words; word++) {
      const shared = this.#shareHours(circle, word);
      const listed = this.#listed[circle * words + word]!;
      const toList = size === 0 ? 0 : shared;
      this.#unlist(circle, word, listed & ~toList);
      this.#list(circle, word, toList & ~listed);
      this.#listed[circle * words + word] = toList;
      this.#common[circle * words + word] = shared;
      hours += bitCount(shared);
    }
    this.#worths[circle] = this.#worth(size, this.#weightSums[circle]!, hours);
  }

  /** One word of the hours that all share, having noted those that all but one share: from both ends to the seat. */
  #shareHours(circle: number, word: number): number {
    const { words, hourWords } = this.#pool;
    const start = circle * this.#largest;
    const end = start + this.sizes[circle]!;
    let before = -1;
    for (let seat = start; seat < end; seat++) {
      this.#without[seat * words + word] = before;
      before &= hourWords[this.members[seat]! * words + word]!;
    }
    let after = -1;
    for (let seat = end - 1; seat >= start; seat--) {
      this.#without[seat * words + word]! &= after;
      after &= hourWords[this.members[seat]! * words + word]!;
    }
    return before;
  }

  #list(circle: number, word: number, hours: number): void {
    for (let left = hours; left !== 0; left &= left - 1) {
      const hour = word * 32 + 31 - Math.clz32(left & -left);
      const place = this.circlesAt[hour]!++;
      this.byHour[hour * this.circles + place] = circle;
      this.#placeInHour[hour * this.circles + circle] = place;
    }
  }

  #unlist(circle: number, word: number, hours: number): void {
    for (let left = hours; left !== 0; left &= left - 1) {
      const hour = word * 32 + 31 - Math.clz32(left & -left);
      const place = this.#placeInHour[hour * this.circles + circle]!;
      const moved = this.byHour[hour * this.circles + --this.circlesAt[hour]!]!;
      this.byHour[hour * this.circles + place] = moved;
      this.#placeInHour[hour * this.circles + moved] = place;
    }
  }
}

/** How many hours two rows of words share. */
function commonHours(
  ones: Int32Array,
  one: number,
  others: Int32Array,
  other: number,
  words: number,
): number {
  let count = 0;
  for (let word = 0; word < words; word++)
    count += bitCount(ones[one * words + word]! & others[other * words + word]!);
  return count;
}

/** The bits set in 32: in pairs, in fours, in bytes, and all bytes at once by a multiplication. */
function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
