/** What a table of entries says, but for its rows and columns. */
export const words = {
  lines: "One thing a line. Blank is fine.",
  before: (column: string, said: string) => `${column}: ${said}`,
};
