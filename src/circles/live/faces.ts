/** Whether pictures may be shown: by everybody who is there, or by nobody. */
const FEWEST = 2;

/** `people` are all who are there, oneself included. One who says no, or has said nothing yet, is enough for none. */
export const everybodyShows = (people: readonly { readonly face: boolean }[]): boolean =>
  people.length >= FEWEST && people.every(({ face }) => face);
