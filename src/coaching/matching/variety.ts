/**
 * Three of those who fit: the higher score first; at equal scores whoever resembles least those already
 * chosen, so that three offers are three choices; then the member's own draw, so that members spread over
 * coaches who fit alike and one member sees the same ones again.
 */
import type { Coach } from "../directory/coach.ts";

export const OFFERS = 3;

export function bestOf(
  fitting: readonly Coach[],
  scoreOf: (coach: Coach) => number,
  seed: string,
): Coach[] {
  const scores = fitting.map(scoreOf);
  const draws = new Float64Array(fitting.length).fill(-1);
  const draw = (at: number): number => {
    if (draws[at]! < 0) draws[at] = drawOf(seed, fitting[at]!.id);
    return draws[at]!;
  };
  const chosen: number[] = [];
  while (chosen.length < Math.min(OFFERS, fitting.length)) {
    const offers = chosen.map((at) => fitting[at]!);
    let best = -1;
    let bestLikeness = 0;
    for (let at = 0; at < fitting.length; at++) {
      if (chosen.includes(at) || (best >= 0 && scores[at]! < scores[best]!)) continue;
      const itsLikeness = likeness(fitting[at]!, offers);
      const isBetter =
        best < 0 ||
        scores[at]! > scores[best]! ||
        itsLikeness < bestLikeness ||
        (itsLikeness === bestLikeness &&
          (draw(at) < draw(best) ||
            (draw(at) === draw(best) && fitting[at]!.id < fitting[best]!.id)));
      if (isBetter) {
        best = at;
        bestLikeness = itsLikeness;
      }
    }
    chosen.push(best);
  }
  return chosen.map((at) => fitting[at]!);
}

/** How much a coach has in common with those already chosen; 0 with nobody chosen. */
function likeness(coach: Coach, chosen: readonly Coach[]): number {
  let sum = 0;
  for (const other of chosen) {
    sum +=
      Number(coach.kind === other.kind) +
      Number(coach.timeZone === other.timeZone) +
      Number(coach.specialty !== null && coach.specialty === other.specialty) +
      countInCommon(coach.livedExperiences, other.livedExperiences) +
      countInCommon(coach.styles, other.styles);
  }
  return sum;
}

function countInCommon(some: readonly string[], others: readonly string[]): number {
  let sum = 0;
  for (const each of some) if (others.includes(each)) sum++;
  return sum;
}

/** FNV-1a over both, stirred by MurmurHash3's finaliser: 32 bits. */
function drawOf(seed: string, id: string): number {
  let hash = 0x811c9dc5;
  for (const text of [seed, " ", id]) {
    for (let at = 0; at < text.length; at++)
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
