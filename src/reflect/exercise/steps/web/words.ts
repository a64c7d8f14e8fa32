/** What the views of several kinds of step say alike. */
export const words = {
  add: "Add",
  undo: "Bring it back",
  nothingCarried:
    "Nothing came along from the step before. You can go on, or go back and write something there.",
};
