/** What the view of pairs says besides its question and the names of its two sides. */
export const words = {
  pair: (place: number, left: string) => (left.trim() === "" ? `Line ${place}` : left),
  add: "Add a line",
  remove: "Remove this line",
  removed: (left: string) => (left.trim() === "" ? "Line removed." : `${left}: removed.`),
  instance: (prompts: readonly string[]) => `For instance: ${prompts.join("; ")}.`,
};
