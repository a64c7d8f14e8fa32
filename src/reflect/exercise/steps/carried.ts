/** What happens to an answer when the entries that it was carried have changed in the step before. */

/**
 * Each of `held` as it reads in `carried` now; null for what was taken out there. Where nothing is carried any more,
 * the step before may not be asked this time, or be gone in this version: then all stays as it was.
 */
export function followed(
  held: readonly string[],
  carried: readonly string[],
): ReadonlyMap<string, string | null> {
  if (carried.length === 0) return new Map(held.map((text) => [text, text]));
  const gone = held.filter((text) => !carried.includes(text));
  const fresh = carried.filter((text) => !held.includes(text));
  const now = new Map<string, string | null>(held.map((text) => [text, text]));
  for (const text of gone) {
    const at = fresh.findIndex((other) => isRewording(text, other));
    now.set(text, at === -1 ? null : fresh.splice(at, 1)[0]!);
  }
  return now;
}

/** A word mended or a few added: at least three letters, and half of the shorter one, stand where they stood. */
function isRewording(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start++;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return start + end >= Math.max(3, shorter / 2);
}
