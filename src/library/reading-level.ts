/** How hard a text is to read: the Flesch-Kincaid grade (Kincaid 1975), for English, by rule of thumb. */

/** `grade = 0.39 * words/sentences + 11.8 * syllables/words - 15.59`; null for fewer than five words. */
export function readingGrade(text: string): number | null {
  const sentences = text
    .split(/[.!?:;]+(?:\s|$)|\n+/)
    .map((sentence) => sentence.match(WORDS) ?? [])
    .filter((words) => words.length > 0);
  const words = sentences.flat();
  if (words.length < 5) return null;
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0);
  return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59;
}

export const wordCount = (text: string): number => (text.match(WORDS) ?? []).length;

const WORDS = /[\p{L}\p{N}]+(?:['\u2019-][\p{L}\p{N}]+)*/gu;

/** Vowel groups, less a silent e; a number counts as one. */
function syllablesIn(word: string): number {
  const plain = word.toLowerCase().replace(/['\u2019]/g, "");
  const groups = plain.match(/[aeiouy]+/g)?.length ?? 1;
  const silent =
    /[^aeiouyl]e(?:s|d)?$/.test(plain) && !/(?:[td]ed|[scxz]es|ches|shes)$/.test(plain);
  return Math.max(1, silent ? groups - 1 : groups);
}
