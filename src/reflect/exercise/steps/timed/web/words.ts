/** What a timed step says, but for its phases. */
const clock = (seconds: number): string =>
  seconds < 100
    ? String(seconds)
    : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

const length = (seconds: number): string => {
  if (seconds < 100) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  return minutes === 1 ? "about a minute" : `about ${minutes} minutes`;
};

export const words = {
  length: (seconds: number, rounds: number) =>
    rounds === 1 ? `It takes ${length(seconds)}.` : `${rounds} rounds, ${length(seconds)}.`,
  phase: (seconds: number) => length(seconds),
  start: "Start",
  pause: "Pause",
  goOn: "Go on",
  again: "Once more",
  stop: "Stop",
  skip: "Skip this part",
  clock,
  round: (at: number, of: number) => `Round ${at} of ${of}`,
  next: (text: string) => `Then: ${text}`,
  spoken: (text: string, seconds: number) => `${text}. ${length(seconds)}.`,
  paused: "Paused. The clock waits.",
  over: "Done.",
  stopped: "Stopped. That is fine.",
  roundsDone: (count: number, of: number) =>
    of === 1 ? "" : count === 1 ? `One round of ${of}.` : `${count} rounds of ${of}.`,
  before: (count: number, of: number) =>
    of === 1 ? "You did this already." : `You did ${count} of ${of} rounds.`,
  buzz: "A light buzz where a new part begins",
};
