/** What the preview says of the file that is previewed. */
export const words = {
  fetching: "Fetching the exercise",
  inOrder: "The file is in order.",
  found: (count: number) => (count === 1 ? "One thing to mend" : `${count} things to mend`),
  finding: (line: number, rule: string, message: string) => `Line ${line} (${rule}): ${message}`,
};
