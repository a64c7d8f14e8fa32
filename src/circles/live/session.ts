/**
 * A live session as all devices see it: which phase it is in, whose turn it is, and who may change that. Nobody keeps
 * it but the members' devices; each applies the rules by itself to what it is told.
 */
import { SCRIPT_PHASES, type ScriptPhase } from "#library/circle-script.ts";

type Phase = ScriptPhase | "over";
const PHASES: readonly Phase[] = [...SCRIPT_PHASES, "over"];
const ROUNDS: ReadonlySet<Phase> = new Set(["opening-round", "closing-round"]);

/** From the fifth meeting on a circle runs itself: whoever is there may move it on. */
const LED_MEETINGS = 4;

export interface Stage {
  /** Counts every change; the highest is how it stands. */
  readonly revision: number;
  /** The how-manieth meeting this is, from 1. */
  readonly meeting: number;
  readonly phase: Phase;
  /** When the phase began, in epoch milliseconds of this device's clock. */
  readonly since: number;
  /** Whose turn it is to speak; null where anybody may. */
  readonly turn: string | null;
  /** Who had their turn in this round. */
  readonly heard: readonly string[];
  /** Who told this device that it stands so: it itself, somebody else, or nobody yet. */
  readonly from: string | null;
}

/** Who may be asked: pseudonyms by seat, in the order that they lead and take their turns at that meeting. */
export interface Order {
  readonly inOrder: readonly string[];
  readonly present: ReadonlySet<string>;
}

export const firstStage = (meeting: number, start: number): Stage => ({
  revision: 0,
  meeting,
  phase: "arrival",
  since: start * 60_000,
  turn: null,
  heard: [],
  from: null,
});

interface LeadingSeat {
  readonly pseudonym: string;
  readonly leads: boolean;
  readonly ended: unknown;
}

/**
 * Each meeting somebody else leads: of those who offer to, one after the other, and where nobody does, seat by seat from
 * the first. By the member log alone, so that all devices agree and nobody is chosen. Who is away is stood in for by who
 * comes next, also of the others.
 */
export function leadingOrder(seats: readonly LeadingSeat[], meeting: number): readonly string[] {
  const isLeader = ({ leads, ended }: LeadingSeat) => leads && ended === null;
  const leaders = turned(seats.filter(isLeader), meeting - 1);
  // Turned before anybody is left out, so that somebody who leaves moves nobody's turn.
  const others = turned(seats, meeting - 1).filter((seat) => !isLeader(seat));
  return [...leaders, ...others]
    .filter(({ ended }) => ended === null)
    .map(({ pseudonym }) => pseudonym);
}

function turned<Each>(all: readonly Each[], by: number): readonly Each[] {
  const from = all.length === 0 ? 0 : by % all.length;
  return [...all.slice(from), ...all.slice(0, from)];
}

/** Null while nobody is there. */
export const leaderOf = ({ inOrder, present }: Order): string | null =>
  inOrder.find((member) => present.has(member)) ?? null;

export const isSelfRun = ({ meeting }: Pick<Stage, "meeting">): boolean => meeting > LED_MEETINGS;

export const mayLead = (stage: Stage, order: Order, member: string): boolean =>
  isSelfRun(stage) ? order.inOrder.includes(member) : leaderOf(order) === member;

/** Who leads moves on and gives the word; whose turn it is hands it on. */
export const mayHandOn = (stage: Stage, order: Order, member: string): boolean =>
  stage.turn === member || mayLead(stage, order, member);

/** The next phase; a round begins with the first who is there. Null after the last. */
export function movedOn(stage: Stage, order: Order, by: string, now: number): Stage | null {
  const phase = PHASES[PHASES.indexOf(stage.phase) + 1];
  if (phase === undefined) return null;
  const next = { ...changed(stage, by), phase, since: now, heard: [] };
  return { ...next, turn: ROUNDS.has(phase) ? nextIn(order, []) : null };
}

/** In a round to whoever has not had a turn, and to nobody after the last; else the word is free again. */
export function handedOn(stage: Stage, order: Order, by: string): Stage {
  const { turn } = stage;
  const isRound = ROUNDS.has(stage.phase);
  const heard = turn === null || !isRound ? stage.heard : [...stage.heard, turn];
  const next = isRound ? nextIn(order, heard) : null;
  return { ...changed(stage, by), heard, turn: next };
}

/** Outside a round: to somebody who raised a hand. */
export const wordGiven = (stage: Stage, to: string, by: string): Stage => ({
  ...changed(stage, by),
  turn: to,
});

export const isRound = ({ phase }: Pick<Stage, "phase">): boolean => ROUNDS.has(phase);

/**
 * What stands after `by` has told how it stands for them. Who may not change it changes nothing. Where two changed it at
 * once, all come to follow whoever of those present leads first. `isNewcomer`: this device has just come in.
 */
export function afterHearing(
  own: Stage,
  told: Stage,
  by: string,
  order: Order,
  isNewcomer: boolean,
): Stage {
  if (told.meeting !== own.meeting && !isNewcomer) return own;
  if (told.revision < own.revision) return own;
  const heard = { ...told, from: by };
  if (told.revision > own.revision)
    return isNewcomer || isAllowed(own, told, by, order) ? heard : own;
  const rank = (member: string | null) =>
    member === null ? Infinity : order.inOrder.indexOf(member);
  const differs = told.phase !== own.phase || told.turn !== own.turn;
  return differs && rank(by) < rank(own.from) ? heard : own;
}

function isAllowed(own: Stage, told: Stage, by: string, order: Order): boolean {
  if (mayLead(own, order, by)) return true;
  // A turn handed on, and what led there may have been missed: only within the phase.
  return own.turn === by && told.phase === own.phase && told.turn !== by;
}

const changed = (stage: Stage, by: string): Stage => ({
  ...stage,
  revision: stage.revision + 1,
  from: by,
});

const nextIn = ({ inOrder, present }: Order, heard: readonly string[]): string | null =>
  inOrder.find((member) => present.has(member) && !heard.includes(member)) ?? null;

/** Hands in the order in which the word is given: first who has said least, then who raised it first. */
export function handsInOrder(
  people: readonly {
    readonly pseudonym: string;
    readonly hand: number | null;
    readonly seconds: number;
  }[],
): readonly string[] {
  const hasSpoken = ({ seconds }: { readonly seconds: number }) => (seconds >= 30 ? 1 : 0);
  return people
    .filter(({ hand }) => hand !== null)
    .toSorted((one, other) => hasSpoken(one) - hasSpoken(other) || one.hand! - other.hand!)
    .map(({ pseudonym }) => pseudonym);
}
