/**
 * Names that members choose, and what everybody is called. A name that could be read as somebody else's isn't
 * shown: its bearer keeps the generated one. That is decided where names are shown and never where the log is read,
 * since what looks alike is known better from year to year, and a log must read the same for ever.
 */
import { refuse, ok, type Result } from "#platform/result.ts";
import type { MemberLog } from "./member-log.ts";
import { pseudonymNames, type CircleNames } from "./pseudonym-name.ts";

type NameRefusal = { readonly type: "NotAName" | "TooAlike" };

/** What everybody who ever sat here is called, by pseudonym. Who chose first keeps it. */
export function shownNames(
  log: Pick<MemberLog, "circle" | "seats">,
  names: CircleNames,
): ReadonlyMap<string, string> {
  const generated = pseudonymNames(names, log.circle);
  const shown = new Map(log.seats.map((seat) => [seat.pseudonym, generated[seat.number]!]));
  const chosen = log.seats.flatMap(({ pseudonym, number, named }) =>
    named === null ? [] : [{ pseudonym, number, ...named }],
  );
  const taken: string[] = [];
  for (const { pseudonym, number, name } of chosen.toSorted((one, other) => one.at - other.at)) {
    const others = [...generated.toSpliced(number, 1), ...taken];
    if (!checkName(name, others).ok) continue;
    shown.set(pseudonym, name);
    taken.push(name);
  }
  return shown;
}

/** Whether a member may choose the name: `others` are those of the circle, shown or only generated. */
export function checkName(name: string, others: readonly string[]): Result<null, NameRefusal> {
  if (!isName(name)) return refuse({ type: "NotAName" });
  const bones = skeleton(name);
  const isTaken = [...others, ...OFFICES].some((other) => looksLike(bones, skeleton(other)));
  return isTaken ? refuse({ type: "TooAlike" }) : ok(null);
}

/** Nobody is called what the house calls those who watch over it. */
const OFFICES = ["Steward", "Facilitator", "Moderator", "Callroom", "Coach"];

/** One script a name: what mixes them is made to deceive. Japanese and Korean are written in several. */
const SCRIPTS = [
  /^\p{Script=Latin}+$/u,
  /^\p{Script=Greek}+$/u,
  /^\p{Script=Cyrillic}+$/u,
  /^\p{Script=Arabic}+$/u,
  /^\p{Script=Hebrew}+$/u,
  /^\p{Script=Devanagari}+$/u,
  /^\p{Script=Bengali}+$/u,
  /^\p{Script=Tamil}+$/u,
  /^\p{Script=Thai}+$/u,
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+$/u,
];

function isName(name: string): boolean {
  if (name.length < 2 || name.length > 24 || !name.isWellFormed()) return false;
  if (name !== name.normalize("NFC") || !/^\p{L}[\p{L}\p{M}\p{Nd} .'’-]+$/u.test(name))
    return false;
  if (name.endsWith(" ") || name.includes("  ")) return false;
  const letters = name.replace(/[^\p{L}]/gu, "");
  return letters.length >= 2 && SCRIPTS.some((script) => script.test(letters));
}

function looksLike(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length < 4) return one === other;
  return long.includes(short) || isWithinOne(short, long);
}

/** What is left of a name for a tired eye: no case, accents, gaps, and letters that look alike made one. */
function skeleton(name: string): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{Nd}]/gu, "");
  const letters = [...plain].map((letter) => LOOKS_LIKE[letter] ?? letter).join("");
  return letters.replaceAll("rn", "m").replaceAll("vv", "w").replaceAll("cl", "d");
}

const LOOKS_LIKE: Readonly<Record<string, string>> = {
  ...pairs("0о ο ø σ", "o"),
  ...pairs("1iıіι|łjј", "l"),
  ...pairs("а α", "a"),
  ...pairs("в β 8", "b"),
  ...pairs("с ϲ", "c"),
  ...pairs("ԁ đ ð", "d"),
  ...pairs("е є ε 3", "e"),
  ...pairs("9ԍ q", "g"),
  ...pairs("н һ ħ", "h"),
  ...pairs("к κ", "k"),
  ...pairs("м", "m"),
  ...pairs("η п", "n"),
  ...pairs("р ρ", "p"),
  ...pairs("г", "r"),
  ...pairs("ѕ 5 ꜱ", "s"),
  ...pairs("т τ 7 ŧ", "t"),
  ...pairs("υ", "u"),
  ...pairs("ν ѵ", "v"),
  ...pairs("ԝ ω", "w"),
  ...pairs("х χ", "x"),
  ...pairs("у γ", "y"),
  ...pairs("2", "z"),
};

function pairs(letters: string, like: string): Record<string, string> {
  return Object.fromEntries(
    [...letters].filter((each) => each !== " ").map((each) => [each, like]),
  );
}

/** One letter more, less or other. */
function isWithinOne(short: string, long: string): boolean {
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const from = long.length === short.length ? at + 1 : at;
  return short.slice(from) === long.slice(at + 1);
}
