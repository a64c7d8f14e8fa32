/** Whether what was typed is the beginning of a word, but for a slip: a letter wrong, missing, too many, or swapped. */

/** Shorter ones are other words, not slips. */
export const SLIP_FROM_LETTERS = 5;
const TWO_SLIPS_FROM_LETTERS = 9;

/** Both in lower case. The first letter is taken to be right, or swapped with the second. */
export function isSlipOf(typed: string, word: string): boolean {
  if (typed[0] !== word[0] && !(typed[0] === word[1] && typed[1] === word[0])) return false;
  const most = typed.length < TWO_SLIPS_FROM_LETTERS ? 1 : 2;
  if (word.length < typed.length - most) return false;
  return distanceToBeginning(typed, word.slice(0, typed.length + most)) <= most;
}

/**
 * Optimal string alignment (Damerau and Levenshtein, each pair swapped at most once) between `typed` and whichever
 * beginning of `word` is nearest.
 */
function distanceToBeginning(typed: string, word: string): number {
  const width = word.length + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: width }, (_, column) => column);
  for (let row = 1; row <= typed.length; row++) {
    const current = [row];
    for (let column = 1; column < width; column++) {
      const isSame = typed[row - 1] === word[column - 1];
      let least = Math.min(
        last[column]! + 1,
        current[column - 1]! + 1,
        last[column - 1]! + (isSame ? 0 : 1),
      );
      const isSwapped =
        row > 1 &&
        column > 1 &&
        typed[row - 1] === word[column - 2] &&
        typed[row - 2] === word[column - 1];
      if (isSwapped) least = Math.min(least, beforeLast[column - 2]! + 1);
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return Math.min(...last);
}
