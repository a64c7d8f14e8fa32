/** What looking back says, but for what was said then. */
export const words = {
  thisTime: "This time",
  more: (count: number) => (count === 1 ? "One from before that" : `${count} from before that`),
  none: {
    "this-time":
      "The steps that this one looks back at are still blank. That is fine; you can go on.",
    "last-time":
      "There is nothing from an earlier time yet. Next time, today's answers stand here.",
    "every-time": "There is nothing to look back at yet. What you say from now on will stand here.",
  },
};
