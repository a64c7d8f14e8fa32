/**
 * A name cut into plain words, so that spelling stops mattering: lower case, no accents, no apostrophes; a
 * comma stands as a word of its own. Reads ten thousand names in a few milliseconds on a phone.
 */
export function foldedWords(text: string): string[] {
  return /^[ -~]*$/.test(text) ? plainWords(text.toLowerCase()) : otherWords(text);
}

/** By hand, since a regular expression takes ten times as long. */
function plainWords(lower: string): string[] {
  const words: string[] = [];
  let word = "";
  let start = -1;
  for (let at = 0; at <= lower.length; at++) {
    const code = at < lower.length ? lower.charCodeAt(at) : SPACE;
    const isPart = (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
    if (isPart && start < 0) start = at;
    if (isPart) continue;
    if (start >= 0) word += lower.slice(start, at);
    start = -1;
    if (code === APOSTROPHE || code === GRAVE) continue;
    if (word !== "") words.push(word);
    if (code === COMMA) words.push(",");
    word = "";
  }
  return words;
}

const [SPACE, APOSTROPHE, COMMA, GRAVE] = [32, 39, 44, 96];

/** Letters that carry no separable accent are spelled out, since people without that key write them so. */
function otherWords(text: string): string[] {
  const folded = text
    .replace(/['’‘ʼ`´]/g, "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => spelledOut.get(letter)!);
  return folded.match(/[\p{L}\p{N}]+|,/gu) ?? [];
}

const spelledOut: ReadonlyMap<string, string> = new Map(
  ["ßss", "æae", "œoe", "øo", "łl", "đd", "ðd", "þth", "ıi"].map((pair) => [
    pair[0]!,
    pair.slice(1),
  ]),
);
