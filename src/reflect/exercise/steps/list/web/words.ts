/** What the view of a list says besides its question. */
export const words = {
  entry: (place: number) => `Entry ${place}`,
  next: "Another one",
  remove: (place: number, text: string) => `Remove entry ${place}: ${text}`,
  removed: (text: string) => `${text}: removed.`,
  prompts: "Tap to take one over",
  added: (text: string) => `${text}: added.`,
  full: (most: number) => `That is ${most}, which is enough.`,
};
