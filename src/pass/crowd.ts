/**
 * How many doctors hold the passes of a key: whoever acts with one is one of these. The number is the operator's
 * word, and moves once a day.
 */

/** Fewer, and a pseudonym would be one of a handful: the app says "opens at 20" until then. */
export const CROWD_TO_OPEN = 20;

export const isCrowd = (holders: number): boolean => holders >= CROWD_TO_OPEN;
