/** One wish let go, as little as helps: what the member asked, changed so that the near misses fit. */
import type { Preferences } from "./preferences.ts";
import type { Relaxation } from "./relaxation.ts";

const FEWEST_HOURS = 0.5;

/** Null where the member has to say what they want instead: another path, another language, other hours. */
export function relaxed(preferences: Preferences, relaxation: Relaxation): Preferences | null {
  switch (relaxation.constraint) {
    case "path":
    case "language":
      return null;
    case "hours":
      return relaxation.hoursAWeek < FEWEST_HOURS
        ? null
        : { ...preferences, sharedHours: relaxation.hoursAWeek };
    case "modality":
      return { ...preferences, modalities: [] };
    case "doctor":
      return { ...preferences, doctorsOnly: false };
    case "price":
      return {
        ...preferences,
        priceCeilings: raised(preferences.priceCeilings, relaxation.lowest),
      };
  }
}

type Ceilings = Preferences["priceCeilings"];
const MOST_CEILINGS = 8;

/** Up to the cheapest of those who cost too much, in each currency they ask for. */
function raised(ceilings: Ceilings, lowest: Readonly<Ceilings>): Ceilings {
  const others = ceilings.filter(
    (ceiling) => !lowest.some(({ currency }) => currency === ceiling.currency),
  );
  return [...lowest, ...others].slice(0, MOST_CEILINGS);
}
