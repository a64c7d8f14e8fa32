/** What a ranking says, but for what is ranked. */
export const words = {
  keys: "On a keyboard, the arrow keys move a line while one of its buttons has the focus.",
  up: (text: string) => `Move up: ${text}`,
  down: (text: string) => `Move down: ${text}`,
  toTop: (text: string) => `Move to the top: ${text}`,
  moved: (text: string, place: number, of: number) => `${text}: now ${place} of ${of}.`,
  kept: (count: number) =>
    count === 1
      ? "The one above goes on to the next step"
      : `These ${count} go on to the next step`,
  onlyOne: "There is only one, so there is nothing to put in order.",
};
