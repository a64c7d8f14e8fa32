/** What Today says. */
export const words = {
  greeting: (hour: number, name: string) =>
    hour < 5
      ? `Still up, ${name}`
      : hour < 12
        ? `Good morning, ${name}`
        : hour < 18
          ? `Good afternoon, ${name}`
          : `Good evening, ${name}`,
  firstCheckIn: {
    lead: "Two honest minutes to see where you stand. Only you will read it.",
    text: "Start the check-in",
  },
  checkInAgain: {
    lead: "It has been a month. See what moved and what didn't.",
    text: "Check in again",
  },
  findPath: {
    lead: "You know where you stand. Now name what drives it, and see which way fits.",
    text: "Find your path",
  },
  findCoach: {
    lead: "Somebody who has been there can be a call away.",
    text: "Talk to a coach",
  },
  next: "Next session",
  with: (name: string) => `With ${name}`,
  stewardship: "Stewardship",
  desk: "Your coaching desk",
};
