/** What the exercises' screens say, but for the exercises themselves: those are content. */
import type { SHELVES } from "../exercise.ts";

type Shelf = (typeof SHELVES)[number];

const shelves: Readonly<Record<Shelf, { readonly name: string; readonly about: string }>> = {
  state: { name: "How you are", about: "What wears you, and what holds." },
  practice: { name: "The work itself", about: "Days, habits, energy, what gets done." },
  meaning: { name: "What it is for", about: "Values, patients, what you would miss." },
  patients: { name: "Patients and colleagues", about: "What passes between people." },
  kindness: { name: "Fairness to yourself", about: "The voice inside, and what it is worth." },
  calm: { name: "A minute of calm", about: "Between two rooms, or before sleep." },
  direction: { name: "Which way now", about: "Choices that are not stay or leave." },
  safety: { name: "When it is dark", about: "A plan, made before it is needed." },
};

export const words = {
  fetching: "Fetching the exercise",
  back: "Exercises",
  reflect: "Reflect",

  failed: {
    text: "This exercise could not be fetched. What you wrote is safe on this device and untouched.",
    again: "Try again",
  },
  unknown: {
    title: "Exercise",
    text: "There is no such exercise here. It may have been renamed.",
    toAll: "All exercises",
  },

  shelf: {
    title: "Exercises",
    lead: "Nine minutes are enough for most of them. Stop anywhere; it is kept.",
    search: "Search by title or word",
    found: (count: number) =>
      count === 0 ? "Nothing found." : count === 1 ? "One found." : `${count} found.`,
    begun: "Begun",
    begunOn: (day: string) => `Begun on ${day}`,
    count: (count: number) => String(count),
    shelves,
    minutes: (from: number, to: number) => (from === to ? `${to} min` : `${from} to ${to} min`),
  },

  page: {
    minutes: (from: number, to: number) =>
      from === to ? `About ${to} minutes` : `${from} to ${to} minutes`,
    rhythms: {
      once: "once, or when you feel like it",
      daily: "worth a minute a day for a while",
      weekly: "worth doing once a week",
      monthly: "worth doing about once a month",
      "now-and-then": "now and then",
    },
    steps: (count: number) => (count === 1 ? "one screen" : `${count} screens`),
    begin: "Begin",
    again: "Do it again",
    kept: (day: string) => `You began one on ${day}. It is kept as you left it.`,
    goOn: "Go on",
    anew: "Begin a new one",
    stop: "When to leave it",
    evidence: "What is known about it",
    crisis: "If it is dark now",
    earlier: "Your earlier ones",
    finished: "Finished",
    unfinished: "Not finished",
    nobodyAsks: "Nobody is reminded, and nobody sees whether you did it.",
    moved: "Over time",
    series: (name: string, first: number, last: number, count: number) =>
      `${name}: ${first} of 100 at first, ${last} the last time, over ${count} times. What lies between two times can be chance.`,
    seriesOne: (name: string, last: number) =>
      `${name}: ${last} of 100. From the second time on, this shows what moved.`,
    little: "Little",
    much: "Much",
  },

  run: {
    back: "Back",
    next: "Next",
    skip: "Skip",
    finish: "Finish",
    leave: "Leave",
    overview: "See all",
    nothingYet: "Nothing was written, so nothing was kept.",
    notKept:
      "This device could not keep it: its storage is full or closed to us. What you wrote is still here. Make some room, then go on.",
    lines: "Crisis lines",
    resumed: "You are where you left off.",
    other: "Another device has something else here.",
    otherShown: (text: string) => `Another device has: ${text}`,
    takeOther: "Take that",
    keepThis: "Keep what is here",
    stepFailed: "This step could not be fetched. What you wrote is safe.",
  },

  done: {
    on: (day: string) => `From ${day}.`,
    unfinished: "Not finished, which is fine.",
    answers: "What you wrote",
    nothing: "Nothing was written.",
    next: "What may come next",
    compare: "Compare with last time",
    noCompare: "Hide the comparison",
    compared: "Last time and this time",
    lastTime: (day: string) => `Last time, ${day}`,
    thisTime: (day: string) => `This time, ${day}`,
    neither: "Nothing written",
    change: "Change something",
    goOn: "Go on",
    print: "Print",
    save: "Save as Markdown",
    fileName: (id: string, day: string) => `${id}-${day}.md`,
    remove: "Remove",
    removed: "Removed.",
    undo: "Bring it back",
    handedOn: "What you took on stands under Plan.",
    putBy: "What you put by comes back on its day.",
  },

  ideas: {
    title: "Ideas you put by",
    lead: "They were wild, early or both. Look again with some distance.",
    none: "No idea is due today. What you put by comes back here on its day.",
    from: (title: string, day: string) => `From ${title}, ${day}`,
    fromUnknown: (day: string) => `Put by on ${day}`,
    try: "Try it small",
    later: "Not yet",
    letGo: "Let it go",
    tried: "It stands under Plan now, as something to try.",
    putBy: "Put by for another month.",
    gone: "Let go.",
    undo: "Bring it back",
  },

  taken: {
    title: "From your exercises",
    lead: "What you took on. Nobody counts it.",
    experiment: "Try",
    step: "Step",
    from: (title: string, day: string) => `${title}, ${day}`,
    fromUnknown: (day: string) => `Taken on ${day}`,
    remove: "Remove",
    removeWhat: (text: string) => `Remove: ${text}`,
    removed: "Removed.",
    undo: "Bring it back",
  },

  home: {
    goOn: (title: string) => `Go on with "${title}"`,
    ideas: (count: number) =>
      count === 1 ? "An idea you put by is due" : `${count} ideas you put by are due`,
    ideasMeta: "Look again, try one, or let it go",
  },

  markdown: {
    on: (day: string) => `From ${day}`,
    unfinished: "Not finished.",
  },
};
