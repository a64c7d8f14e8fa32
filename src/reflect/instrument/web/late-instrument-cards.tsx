/** Fetches the questionnaires' cards after Reflect itself has been painted: reading forms takes more than a card does. */
import { lazy, Suspense } from "react";

const Cards = lazy(async () => {
  // A Reflect without questionnaires is better than none.
  const fetched = await import("./instrument-cards.tsx").catch(() => null);
  return { default: fetched?.InstrumentCards ?? (() => null) };
});

export const LateInstrumentCards = () => (
  <Suspense fallback={null}>
    <Cards />
  </Suspense>
);
