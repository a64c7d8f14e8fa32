/** What tells apart coaches who fit equally well: how alike they are, and a draw of the member's own. */
import type { PreparedIndex, Tags } from "./prepared-index.ts";

/** How much coach `at` has in common with those already chosen; 0 with nobody chosen. */
export function likeness(index: PreparedIndex, at: number, chosen: readonly number[]): number {
  let sum = 0;
  for (const other of chosen) {
    sum +=
      Number(index.isPhysician[at] === index.isPhysician[other]) +
      Number(index.offsets[at] === index.offsets[other]) +
      inCommon(index.specialties, at, other) +
      inCommon(index.livedExperiences, at, other) +
      inCommon(index.styles, at, other);
  }
  return sum;
}

/** Differs from member to member and stays for one: FNV-1a over both, stirred by MurmurHash3's finaliser. */
export function drawOf(seed: string, id: string): number {
  let hash = 0x811c9dc5;
  for (const text of [seed, " ", id]) {
    for (let at = 0; at < text.length; at++)
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function inCommon(tags: Tags, a: number, b: number): number {
  let sum = 0;
  for (let i = tags.starts[a]!; i < tags.starts[a + 1]!; i++) {
    for (let j = tags.starts[b]!; j < tags.starts[b + 1]!; j++) {
      if (tags.numbers[i] === tags.numbers[j]) sum++;
    }
  }
  return sum;
}
