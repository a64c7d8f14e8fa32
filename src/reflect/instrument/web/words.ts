/** What instruments say to members, but for the questions and what a scorer says of its scales. */
import type { Source } from "../scorer.ts";

const number = (value: number): string =>
  value.toLocaleString(undefined, { maximumFractionDigits: 2 });

export const words = {
  card: (questions: number) => `Questionnaire, ${questions} questions`,
  cardLast: (day: string) => `Last on ${day}.`,
  cardNever: "Not done yet.",
  loading: "Fetching the questionnaire",
  back: { href: "/reflect", text: "Reflect" },
  title: "Questionnaire",
  toReflect: "Back to Reflect",
  again: "Try again",
  missing:
    "This community has no such questionnaire, or no longer has it. What you answered is still yours.",
  away: "It could not be fetched, and is not kept on this device yet. With a connection it will be.",

  window:
    "Skip whatever you like. It is sealed on this device before it is saved. It is a screening and never a diagnosis.",
  careBefore:
    "Some of it asks about not wanting to live. Nobody is told of what you answer, and nothing happens unless you do it.",
  careLink: "Crisis lines",
  resumed: "You are where you left off.",
  startOver: "Start over",
  startedOver: "Started over.",
  putBack: "Bring it back",
  yes: "Yes",
  no: "No",
  clear: "Take the answer back",
  clearNamed: (text: string) => `Take the answer back: ${text}`,
  pick: "Choose",
  wished: "It counts towards the result.",
  progress: (answered: number, asked: number) => `${answered} of ${asked} answered`,
  finish: "Finish",
  finishing: "Sealing it",
  nothing: "Nothing was answered, so nothing was kept. That is fine.",
  notKept:
    "This device could not keep it: its storage is full or closed to us. Your answers are still here. Make some room, then try again.",

  licence: "What it is and who says it may be used",
  licenceBy: "Says that it may be used here",
  licenceOn: "Found to be so on",
  licenceTerms: "Under which terms",
  scoredAs: "Scored as",

  result: {
    on: (day: string) => `From ${day}.`,
    scales: "The numbers",
    score: (score: number, lowest: number, highest: number) =>
      `${number(score)} on a scale from ${number(lowest)} to ${number(highest)}.`,
    better: { lower: "Lower is lighter.", higher: "Higher is better." },
    notScored: (answered: number, asked: number) =>
      `Not scored: ${answered} of ${asked} were answered, and this one isn't made up from so few.`,
    filledUp: (answered: number, asked: number) =>
      `${answered} of ${asked} were answered; the rest is stood in for by their mean, as its rule has it.`,
    band: (name: string) => `By convention such a score is called ${name}.`,
    line: (when: string, at: number, says: string) => `${when} ${number(at)}: ${says}.`,
    when: { ">=": "From", ">": "Above", "<=": "Up to", "<": "Under" },
    reached: "Yours lies there.",
    unreached: "Yours doesn't lie there.",
    findings: "Besides the numbers",
    noNumbers: "This one has no number and no total.",
    source: ({ text, mark }: Source) =>
      mark === "seen" ? `Source: ${text}.` : `Source: ${text}. Not looked up again by us.`,
    sources: "Where this is from",
    changeTitle: "Since earlier",
    improved: (by: number, since: string, threshold: number) =>
      `Better than on ${since}, by ${number(by)}. A move of ${number(threshold)} or more is unlikely to be chance.`,
    worsened: (by: number, since: string, threshold: number) =>
      `Worse than on ${since}, by ${number(by)}. A move of ${number(threshold)} or more is unlikely to be chance.`,
    unclear: (since: string, threshold: number) =>
      `No clear change since ${since}. A move under ${number(threshold)} can be chance.`,
    possible: (by: number, since: string, from: number, threshold: number) =>
      `It moved by ${number(by)} since ${since}. From ${number(from)} on that may mean something; under ${number(threshold)} it can still be chance.`,
    unknownNoise:
      "How large a move has to be, to be more than chance, isn't known for this one. So none is called a change.",
    noise: (source: string) => `What chance can move: ${source}.`,
    missingRule: (source: string) => `When it is scored: ${source}.`,
    notes: "Good to know",
    noDiagnosis:
      "A number is no diagnosis. If it worries you, it is worth a talk with a doctor of your own.",
    save: "Save as a FHIR file",
    saveLead:
      "For your own doctor or your own records: your answers and the numbers, as a QuestionnaireResponse. The file isn't sealed.",
    earlier: "Earlier ones",
    /** Where there are several of one day. */
    nthOf: (day: string, nth: number) => `${day}, no. ${nth}`,
    again: "Fill it in again",
    remove: "Delete this one",
    removeTitle: "Delete this one?",
    removeLead: "It goes from this device and from the server. Nobody can bring it back.",
    removeYes: "Delete it",
    removeNo: "Keep it",
    removed: "It is deleted.",
    missing: "That one is not here. It may have been deleted, or not have reached this device yet.",
  },
};
