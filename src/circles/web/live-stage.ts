/** How the hour stands on this device: changed by what one does, and by what others tell as far as the rules let them. */
import {
  afterHearing,
  firstStage,
  handedOn,
  mayHandOn,
  mayLead,
  movedOn,
  wordGiven,
  type Order,
  type Stage,
} from "../live/session.ts";
import type { HowItStands } from "../live/signal-content.ts";

export interface LiveStage {
  readonly current: () => Stage;
  /** The how-manieth meeting it is. */
  readonly begin: (meeting: number) => void;
  readonly mayLead: () => boolean;
  readonly mayHandOn: () => boolean;
  /** As others are told it. */
  readonly told: () => HowItStands;
  readonly hear: (told: HowItStands, by: string) => void;
  /** True where it could be done. */
  readonly moveOn: () => boolean;
  readonly handOn: () => boolean;
  readonly giveWord: (to: string) => boolean;
}

export function makeLiveStage(parts: {
  readonly start: number;
  readonly me: string;
  readonly now: () => number;
  /** How many were held so far. */
  readonly meetings: () => number;
  readonly orderAt: (meeting: number) => Order;
  readonly onChange: () => void;
}): LiveStage {
  const { start, me, now } = parts;
  let stage: Stage = firstStage(1, start);
  const order = () => parts.orderAt(stage.meeting);
  const isLeading = () => mayLead(stage, order(), me);
  const isHandingOn = () => mayHandOn(stage, order(), me);

  function change(next: Stage | null, isAllowed = true): boolean {
    if (next === null || next === stage || !isAllowed) return false;
    stage = next;
    parts.onChange();
    return true;
  }

  return {
    current: () => stage,
    begin: (meeting) => (stage = firstStage(meeting, start)),
    mayLead: isLeading,
    mayHandOn: isHandingOn,
    told: () => ({
      revision: stage.revision,
      meeting: stage.meeting,
      phase: stage.phase,
      elapsed: Math.max(0, Math.round((now() - stage.since) / 1000)),
      turn: stage.turn,
      heard: [...stage.heard],
    }),
    hear: ({ elapsed, ...told }, by) => {
      const meetings = parts.meetings();
      if (told.meeting !== meetings && told.meeting !== meetings + 1) return;
      const since = now() - 1000 * elapsed;
      const isNewcomer = stage.from === null;
      change(afterHearing(stage, { ...told, since, from: by }, by, order(), isNewcomer));
    },
    moveOn: () => change(movedOn(stage, order(), me, now()), isLeading()),
    handOn: () => change(handedOn(stage, order(), me), isHandingOn()),
    giveWord: (to) => change(wordGiven(stage, to, me), isLeading()),
  };
}
