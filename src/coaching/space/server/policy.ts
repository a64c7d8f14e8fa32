/** A space belongs to its two members. For everybody else it isn't there. */
import type { SpaceRow } from "./store.ts";

export function memberSide(space: SpaceRow, account: string): "client" | "coach" | null {
  if (space.client === account) return "client";
  return space.coach === account ? "coach" : null;
}

export function otherMember(space: SpaceRow, account: string): string {
  return space.client === account ? space.coach : space.client;
}
