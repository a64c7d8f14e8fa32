/** The signs and what reads them, in one piece that is fetched only when somebody has typed something. */
import signs from "virtual:content/crisis/signs";
import { crisisLevelOf, crisisRecogniser, type CrisisLevel } from "../crisis.ts";

const recognise = crisisRecogniser(signs);

export const levelOfWords = (text: string): CrisisLevel | null => crisisLevelOf(recognise(text));
