/** Reading what was kept: it was written by some version of this app, on some device, and is never trusted. */

/** The texts of a list; what is none is passed over. */
export const textsIn = (raw: unknown): readonly string[] =>
  Array.isArray(raw) ? raw.filter((part): part is string => typeof part === "string") : [];

export const textIn = (raw: unknown): string => (typeof raw === "string" ? raw : "");

export const isSaid = (text: string): boolean => text.trim() !== "";

/** What was said, without blanks round it. */
export const said = (texts: readonly string[]): readonly string[] =>
  texts.map((text) => text.trim()).filter(isSaid);

/** A list in Markdown; an entry of several lines stays one entry. */
export const bulleted = (texts: readonly string[]): string =>
  texts.map((text) => `- ${text.replaceAll(/\s*\n\s*/g, " ")}`).join("\n");
