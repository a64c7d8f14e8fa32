/** Who may move a coach's profile from where to where. */
import type { CoachState } from "../contract.ts";

/** A coach asks the stewards and takes that back, pauses and comes back; only a steward publishes first. */
export function mayCoachMove(from: CoachState, to: CoachState): boolean {
  return COACH_STEPS[from].includes(to);
}

const COACH_STEPS: Readonly<Record<CoachState, readonly CoachState[]>> = {
  draft: ["submitted"],
  submitted: ["draft"],
  published: ["paused"],
  paused: ["published"],
};

/** A steward decides about who has asked, and again about who is published, as when a credential changed. */
export function mayStewardDecide(state: CoachState): boolean {
  return state === "submitted" || state === "published";
}
