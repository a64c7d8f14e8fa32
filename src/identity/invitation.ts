/**
 * Invitation codes. A single invitation's code travels in a link; a roster's code is typed by hand on
 * another device than the hospital's, so it has no letters that look alike.
 */
const LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 20 letters of 30: 98 bits. `random` gives bytes; those that would favour a letter are passed over. */
export function makeCode(random: (length: number) => Uint8Array): string {
  let code = "";
  while (code.length < 20)
    for (const byte of random(32)) if (byte < 240 && code.length < 20) code += LETTERS[byte % 30]!;
  return code;
}

/** Shown in fours. */
export const codeToShown = (code: string): string => code.match(/.{1,4}/g)?.join("-") ?? code;

/** Any case, any dashes or blanks; null where it can't be a code. */
export function typedToCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s\p{Dash_Punctuation}]+/gu, "");
  return new RegExp(`^[${LETTERS}]{20}$`).test(code) ? code : null;
}
