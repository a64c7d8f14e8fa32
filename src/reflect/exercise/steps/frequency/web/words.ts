/** What the view of a frequency step says besides its statements and options. */
export const words = {
  answered: (done: number, all: number) => `${done} of ${all} answered. You may leave some out.`,
  notYet: "Not answered",
  leaveOut: "Leave this one out",
  own: "Our own statements, not a validated instrument.",
};
