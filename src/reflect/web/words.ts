/** What Reflect's screens say, but for the questions and the results themselves: those are content. */
export const words = {
  loading: "Fetching what you began",

  home: {
    title: "Reflect",
    begin: "Start the check-in",
    again: "Check in again",
    goOn: "Go on with the check-in",
    pulse: "Take the pulse",
    trend: "See what has moved",
    aboutFirst: "About three minutes, and it tells you what is draining you, not how good you are.",
    aboutBegun: "You began one. It is kept on this device as you left it.",
    aboutDue: (last: string) =>
      `Your last one was on ${last}. By now another one can tell you something.`,
    aboutPulse: "Four taps, once a week. The full check-in can wait.",
    aboutNothing: "Nothing is due. Look whenever you like, or not at all.",
    ways: "More here",
    checkIn: "Check-in",
    checkInMeta: "Monthly, about three minutes",
    pulseCard: "Pulse",
    pulseMeta: "Weekly, four taps",
    journal: "Journal",
    journalMeta: "Whatever you like, whenever you like",
    exercises: "Exercises",
    exercisesMeta: "Short ones for now, longer ones for a quiet hour",
    trendCard: "Over time",
    trendMeta: "What moved, and what is only noise",
    last: (day: string) => `Last on ${day}.`,
    next: (day: string) => `The next tells you something from ${day}.`,
    dueNow: "Can be done any time now.",
    never: "Not done yet.",
    earlier: "Your check-ins",
    kinds: { full: "Check-in", pulse: "Pulse" },
    more: "Show all",
  },

  filling: {
    back: "Back",
    leave: "Reflect",
    begin: "Begin",
    skip: "Skip",
    next: "Next",
    finish: "Finish",
    finishing: "Sealing it",
    goOn: "Go on",
    resumed: "You are where you left off.",
    startOver: "Start over",
    startedOver: "Started over.",
    putBack: "Bring it back",
    oldTitle: "You began one before",
    old: (day: string) =>
      `On ${day}, to be exact. Those answers were about the weeks before that day, so they may no longer fit.`,
    afresh: "Start afresh",
    goOnOld: "Go on with the old one",
    drivers: "What weighs most",
    words: "In your own words",
    nothing: "Nothing was answered, so nothing was kept. That is fine.",
    notKept:
      "This device could not keep it: its storage is full or closed to us. Your answers are still here. Make some room, then try again.",
    lines: "Crisis lines",
    afterCare: "Thank you for saying it",
  },

  result: {
    title: "Where you stand",
    pulseTitle: "Your week",
    on: (day: string) => `From ${day}.`,
    allStrained:
      "A great deal has been asked of you. That is what these answers say. They say nothing about how strong you are.",
    someStrained:
      "Some of it holds, and from some of it too much has been asked. Where it is strained, that follows from load and not from you.",
    between: "Much of it lies between good and bad. That is a good time to change one small thing.",
    holds: "Most of it holds at the moment. It is worth knowing what keeps it so.",
    nothingTold:
      "Too few answers to say anything this time. Skipping is fine; they are kept as they are.",

    since: "Since last time",
    sinceUnclear:
      "No clear change. What moved, moved less than chance alone can move it, so we call it nothing.",
    restUnclear: (names: string) => `No clear change: ${names}.`,
    overTime: "See it over time",

    standings: {
      holds: "What works",
      strained: "Under strain",
      between: "In between",
    },
    notScored: "Not scored",
    bands: { low: "low", middle: "in between", high: "high" },
    scale: (name: string, score: number, low: number, high: number) =>
      `${name}: ${score} of 100. A reading from ${low} to ${high} would be no clear change.`,
    little: "Little",
    much: "Much",
    moreOn: (name: string) => `More on ${name.toLowerCase()}`,
    whatHelps: "What can help",
    others: "How it is for others",

    named: "What you named",
    namedLead: "You named it. Part of it is yours to move, and part of it is not.",
    mine: "Yours to try",
    theirs: "Theirs to change",

    now: "For now",
    nowLead: "One of these is enough. None is fine too.",
    notAlone: "Among doctors",
    note: "What you kept",
    finePrint: "How this is worked out",
    noiseSource: (name: string, points: number, source: string) =>
      `${name}: a move of ${points} points or more is called a change. ${source}`,

    path: "Find your path",
    coach: "Talk to a doctor who has been there",
    toReflect: "Back to Reflect",
    remove: "Delete this check-in",
    removeTitle: "Delete this check-in?",
    removeLead: "It goes from this device and from the server. Nobody can bring it back.",
    removeYes: "Delete it",
    removeNo: "Keep it",
    removed: "The check-in is deleted.",
    missing:
      "That check-in is not here. It may have been deleted, or not have reached this device yet.",
  },
};
