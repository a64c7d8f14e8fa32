/** What Today says. Nothing here tells a passer-by how the reader is. */
import type { NextThing } from "../next-thing.ts";

const things: Readonly<Record<NextThing, { readonly lead: string; readonly text: string }>> = {
  session: {
    lead: "It is time for your session.",
    text: "Open it",
  },
  "go-on": {
    lead: "You began a check-in. It is here as you left it.",
    text: "Go on with it",
  },
  "first-check-in": {
    lead: "Three honest minutes to see where you stand. Only you will read it.",
    text: "Start the check-in",
  },
  "check-in-again": {
    lead: "It has been about a month. See what moved and what didn't.",
    text: "Check in again",
  },
  "find-path": {
    lead: "You know where you stand. Now name what drives it, and see which way fits.",
    text: "Find your path",
  },
  pulse: {
    lead: "A week has gone by. Four taps, if you like.",
    text: "Take the pulse",
  },
  idea: {
    lead: "Something you put by has come to its day.",
    text: "Look again",
  },
  "find-coach": {
    lead: "Somebody who has been there can be a call away.",
    text: "Talk to a coach",
  },
  nothing: {
    lead: "Nothing needs you here now.",
    text: "",
  },
};

export const words = {
  greeting: (hour: number, name: string) =>
    hour < 5
      ? `Still up, ${name}`
      : hour < 12
        ? `Good morning, ${name}`
        : hour < 18
          ? `Good afternoon, ${name}`
          : `Good evening, ${name}`,
  things,
  stepsLabel: "The way in",
  stepDone: "done",
  steps: {
    "first-check-in": "See where you stand",
    "find-path": "Find the path that fits",
    "find-coach": "Talk to a doctor who has been there",
  },
  next: "Next session",
  with: (name: string) => `With ${name}`,
  asCoach: (name: string) => `${name}, your client`,
  sessionUnknown: "Your sessions could not be looked up just now. Your letters have the times.",
  dutiesLabel: "Your duties here",
  duties: [
    { role: "coach", href: "/desk", text: "Your coaching desk" },
    { role: "steward", href: "/stewardship", text: "Stewardship" },
  ],
  crisis: {
    text: "If it is more than that today:",
    link: "crisis lines",
  },
  verification: {
    label: "Your verification",
    none: { title: "Be known as a doctor", about: "A few minutes, once. When it suits you." },
    refused: { title: "Your verification", about: "It was not confirmed. There is a way back." },
    verified: { title: "You are verified", about: "A steward has looked at what you gave." },
  },
  logTrouble: {
    title: "A log doesn't go on from what your devices know",
    text: "A backup was restored, or somebody altered it. What you wrote is safe.",
    link: "Look at it",
  },
  keeping: {
    saving: "Saving what you wrote.",
    offline: "What you write is kept on this device. It goes out when the server can be reached.",
    full: "Your room on the server is full. New things stay on this device until you delete something.",
    tamperedTitle: "Something from the server did not open",
    tampered:
      "It was changed, or is older than what this device knows, so it was not taken over. What is on this device is safe. Tell a steward.",
  },
};
