/** What a two-column sorter says, but for its columns and entries. */
export const words = {
  unsorted: "Not sorted yet",
  left: (count: number) => (count === 1 ? "One left." : `${count} left.`),
  allSorted: "All sorted.",
  toColumn: (text: string, column: string) => `${text}: ${column}`,
  otherSide: "Other side",
  toOtherSide: (text: string, column: string) => `Move to the other side, ${column}: ${text}`,
  putBack: "Put back",
  putBackWhat: (text: string) => `Put back, not sorted: ${text}`,
  remove: (text: string) => `Remove: ${text}`,
  nobodyHere: "Nothing here.",
  add: "Something else",
  instance: (prompts: readonly string[]) => `For instance: ${prompts.join("; ")}.`,
  said: (text: string, column: string, left: number) =>
    `${text}: ${column}. ${left === 0 ? "All sorted." : words.left(left)}`,
  saidBack: (text: string) => `${text}: not sorted.`,
  saidAdded: (text: string) => `${text}: added, not sorted yet.`,
  saidRemoved: (text: string) => `${text}: removed.`,
};
