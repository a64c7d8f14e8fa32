/** What the screen over time says. A sentence never calls a move what chance alone could have made it. */
const way = (by: number): string => (by > 0 ? "higher" : "lower");

export const words = {
  title: "Over time",
  lead: "A move is called a change only when it is larger than chance. One reading is a point and no trend.",
  back: "Reflect",
  none: "Nothing to draw yet. After your second check-in, this page shows what moved and what did not.",
  checkIn: "Check in",
  one: (name: string, value: string) =>
    `${name}: one reading so far, ${value}. From the second one on, this page shows what moved and what did not.`,
  which: "What to look at",
  measure: "Measure",
  sources: {
    full: "Check-ins",
    pulse: "Pulses",
    exercise: "Exercises",
    instrument: "Questionnaires",
  },
  within: (name: string, title: string) => `${name} (${title})`,
  moved: (names: string) => `Moved beyond chance: ${names}.`,
  stayed: "Nothing has moved beyond chance.",
  older: "Readings from older questions are left out, because they can't be compared.",
  missing:
    "Some of what you kept could not be read just now, so what it measures is not here. Nothing is lost; look again when you have a connection.",
  settledBefore: {
    improved: (day: string) => `Its last clear change was for the better, seen by ${day}.`,
    worsened: (day: string) => `Its last clear change was for the worse, seen by ${day}.`,
  },
  noNoise: (name: string, first: string, last: string, count: number) =>
    `${name}: ${first} at first, ${last} at the latest of ${count} readings. How far chance alone moves it is not known, so no move is called a change.`,
  band: "Within this, a move can be chance",
  noiseSource: (source: string) => `Where the width of that band comes from: ${source}`,
  little: "Little",
  much: "Much",
  value: (score: string, highest: string) => `${score} of ${highest}`,
  lowerIsBetter: "Lower is better.",
  higherIsBetter: "Higher is better.",

  slope: {
    title: "The slope",
    tooFew: (days: number) =>
      `A slope takes six days with a reading; here ${days === 1 ? "is one" : `are ${days}`}. Fewer would make a line out of chance.`,
    leans: (by: number, amount: string, each: string, from: string, to: string) =>
      `About ${amount} points ${way(by)} each ${each}; the range that fits is ${from} to ${to}.`,
    unclear: (down: string, up: string, each: string) =>
      `No slope that stands out from chance: anything from ${down} points lower to ${up} higher each ${each} fits.`,
    unclearOneWay: (by: number, from: string, to: string, each: string) =>
      `No slope that stands out from chance: ${from} to ${to} points ${way(by)} each ${each} would fit.`,
    flat: (each: string) => `No slope: what fits best is no move at all from ${each} to ${each}.`,
    each: { week: "week", month: "month" },
    finePrint: "How the slope is worked out",
    method: (days: number, p: string, isExact: boolean) =>
      `The middle of the slopes between every two of ${days} days with a reading (Theil-Sen), with its 95 % interval. Whether it leans is asked of the order of the readings alone (Mann-Kendall, p ${p}, ${isExact ? "counted exactly" : "by the usual approximation"}).`,
    alike:
      "Readings close in time resemble each other, and a bad month shows in all of them. That makes a slope look surer than it is.",
  },

  limits: {
    title: "The usual range",
    show: "Draw the usual range (process chart)",
    hint: "It shows whether something else than the usual ups and downs is at work.",
    key: "Usual middle and usual range",
    tooFew: (count: number) =>
      `The usual range comes from the first eight readings. So far there ${count === 1 ? "is one" : `are ${count}`}.`,
    flat: "The first eight readings are all alike, so there is no usual range to draw.",
    inside: (low: string, high: string) =>
      `Everything lies within the usual ups and downs of the first eight readings, ${low} to ${high}, and nothing leans for long.`,
    signs: (low: string, high: string) =>
      `By the first eight readings the usual range is ${low} to ${high}. These stand out:`,
    outside: (count: number, isAbove: boolean, days: string) =>
      `${days}: ${count === 1 ? "a reading" : `${count} readings`} ${isAbove ? "above" : "below"} it.`,
    side: (count: number, isAbove: boolean, days: string) =>
      `${days}: ${count} readings in a row ${isAbove ? "above" : "below"} the usual middle.`,
    climbing: (count: number, isUp: boolean, days: string) =>
      `${days}: ${count} readings in a row, each ${isUp ? "higher" : "lower"} than the one before.`,
    reason: "That is a reason to ask what was different then, and no verdict.",
  },
  days: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),

  events: {
    title: "What happened",
    lead: "A new record system, Wednesdays off, a colleague who left: mark it, and it stands in every picture here.",
    mark: "Mark something",
    change: "Change",
    changeNamed: (text: string) => `Change: ${text}`,
    remove: "Remove",
    removeNamed: (text: string) => `Remove: ${text}`,
    removed: "Removed.",
    undo: "Bring it back",
    newTitle: "Mark something that happened",
    changeTitle: "Change what you marked",
    text: "What happened",
    textHint: "A few words, such as “New EHR” or “Wednesdays off”.",
    from: "Day, or first day",
    to: "Last day",
    toHint: "Only where it lasted. Leave it empty for something that began and stayed.",
    keep: "Keep it",
    faults: {
      NoText: "Write a few words, so that you know it again.",
      NoDay: "Pick the day.",
      EndsBefore: "The last day lies before the first.",
    },
    notKept:
      "This device could not keep it: its storage is full or closed to us. What you typed is still here.",
  },

  compare: {
    title: "Two periods beside each other",
    lead: "Before and after something you marked, or any two stretches of time.",
    which: "Which periods",
    pick: "Pick two periods",
    since: (text: string) => `Before and since: ${text}`,
    during: (text: string) => `Before and during: ${text}`,
    after: (text: string) => `During and after: ${text}`,
    own: "Dates of my own",
    earlier: "The earlier period",
    later: "The later period",
    from: "From",
    to: "To",
    needDates: "Pick both ends of both periods.",
    notApart: "The earlier period has to end before the later one begins.",
    empty: "One of the two holds no reading, so there is nothing to compare.",
    names: {
      since: ["Before", "Since"],
      during: ["Before", "During"],
      after: ["During", "After"],
      own: ["Earlier", "Later"],
    } as const satisfies Record<string, readonly [string, string]>,
    told: (a: string, atA: string, b: string, atB: string, by: number, amount: string) =>
      `${a}, the middle reading is ${atA}. ${b}, it is ${atB}${by === 0 ? ": the same." : `: ${amount} points ${way(by)}.`}`,
    count: (name: string, count: number) =>
      `${name}: ${count === 1 ? "1 reading" : `${count} readings`}.`,
    verdicts: {
      improved: (threshold: string) =>
        `Better: two single readings that lie ${threshold} points or more apart are unlikely to be chance, and these middles lie further.`,
      worsened: (threshold: string) =>
        `Worse: two single readings that lie ${threshold} points or more apart are unlikely to be chance, and these middles lie further.`,
      "no-clear-change": (threshold: string) =>
        `No clear change: two single readings can lie up to ${threshold} points apart by chance.`,
    },
    notKnown:
      "How far chance alone moves this is not known, so the difference is not called a change.",
    pairs: (pairs: number, better: string, share: string) =>
      `Put beside each other in all ${pairs} ways, the later reading is the better one in ${better} of them (${share}; half would be no difference).`,
    tooFewPairs:
      "With three readings on each side, this also counts how often the later one is better.",
    notBecause:
      "What came after something did not always come from it. Seasons, rotas and hope move readings too.",
  },

  along: {
    title: "Take it along",
    print: "Print this page",
    csv: "Save all readings (CSV)",
    saved: "The file is on this device. Anybody who opens it can read it.",
    file: "callroom-over-time.csv",
    heads: ["What", "Day", "Last day", "Of", "Name", "Value", "Lowest", "Highest", "Series"],
    kinds: { reading: "Reading", event: "Event" },
  },
};
