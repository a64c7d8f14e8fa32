/** What the view of free text says besides its question. */
export const words = {
  field: "Your words",
  prompts: "Somewhere to begin, if you want it",
};
