/** Signs, points and what reads them, in one piece that is fetched only when somebody has typed something. */
import points from "virtual:content/crisis/points";
import signs from "virtual:content/crisis/signs";
import { crisisLevelOf, crisisRecogniser, type CrisisLevel } from "../crisis.ts";

const recognise = crisisRecogniser(signs, points);

/** A text is one entry; a list has several. */
export const levelOfWords = (entries: readonly string[]): CrisisLevel | null =>
  crisisLevelOf(recognise(...entries));
