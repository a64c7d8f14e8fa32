/** What the coach room's first screen says. */
export const words = {
  title: "Coach",
  lead: "A colleague who has been there, for an hour at a time. You are a client here, not a patient.",
  find: "Find a coach who fits",
  findLead: "A few questions, answered on this device. Three coaches come back, with reasons.",
  sessions: "Next sessions",
  allSessions: "All sessions",
  threads: "Messages",
  with: (name: string) => `With ${name}`,
  ways: "Ways in",
  all: "All coaches",
  allMeta: "Look around by yourself.",
  sessionsMeta: "What comes, what was, and moving or cancelling it.",
  desk: "Your desk",
  deskMeta: "Your own hours, profile and calendars, as a coach.",
};
