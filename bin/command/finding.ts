/** What a check of the doctor found: good, worth knowing, or wrong; with what to do. */
export interface Finding {
  readonly check: string;
  readonly state: "good" | "note" | "wrong";
  readonly words: string;
}

export const good = (check: string, words: string): Finding => ({ check, state: "good", words });
export const note = (check: string, words: string): Finding => ({ check, state: "note", words });
export const wrong = (check: string, words: string): Finding => ({ check, state: "wrong", words });
