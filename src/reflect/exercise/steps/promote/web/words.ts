/** What taking something on says, but for what is taken. */
const days = (count: number) =>
  count === 1
    ? "tomorrow"
    : count % 7 === 0 && count > 7
      ? `in ${count / 7} weeks`
      : `in ${count} days`;

export const words = {
  found: {
    experiment: () => "What you take on is kept under Plan, as something to try. None is fine.",
    step: () => "What you take on is kept under Plan, as something to do. None is fine.",
    ideas: (againInDays: number) =>
      `What you put by comes back ${days(againInDays)}, on Reflect and on Today. Until then it leaves you alone.`,
  },
  atMost: (count: number) => (count === 1 ? "One is enough." : `Up to ${count}.`),
  full: (count: number) => `That is ${count}. Put one back to take another.`,
  reword: "In the words you would use",
  rewordHint: "Small enough to begin on an ordinary day.",
};
