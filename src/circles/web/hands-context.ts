/** Gives the circles' screens what the app hands in. */
import { createContext, useContext } from "react";
import type { CircleHands } from "./keeping.ts";

export const HandsContext = createContext<CircleHands | null>(null);

export function useHands(): CircleHands {
  const hands = useContext(HandsContext);
  if (!hands) throw new Error("A circle's screen was shown without what the app hands in");
  return hands;
}
