/** What Learn takes. Who may add or take away, the contract says: stewards, and nobody else. */

/** A catalogue longer than this is read by nobody. */
export const MOST_COURSES = 500;
