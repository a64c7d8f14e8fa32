/** What a passphrase must be at least. OPAQUE limits guessing to one try a request; this keeps out the first ones tried. */
const LEAST_PASSPHRASE = 12;

export type PassphraseFault = "Short" | "Simple";

/** `about`: what a guesser would try first, such as the address and the name. */
export function passphraseFault(
  passphrase: string,
  about: readonly string[],
): PassphraseFault | null {
  const letters = [...passphrase.normalize("NFKC")];
  if (letters.length < LEAST_PASSPHRASE) return "Short";
  const plain = passphrase.toLowerCase();
  const repeats = new Set(letters).size < 5 || /^(.{1,4})\1+$/u.test(plain);
  const runs =
    "0123456789012345678901234567890 abcdefghijklmnopqrstuvwxyz qwertyuiopasdfghjklzxcvbnm";
  const known = about.some(
    (word) => word.length >= 4 && plain.replace(word.toLowerCase(), "").trim().length < 6,
  );
  return repeats ||
    known ||
    runs.includes(plain) ||
    COMMON.some((word) => plain.replaceAll(word, "").length < 6)
    ? "Simple"
    : null;
}

const COMMON = [
  "password",
  "passphrase",
  "letmein",
  "welcome",
  "hospital",
  "callroom",
  "iloveyou",
  "changeme",
];
