/** What matching's screens say: the wishes, the three offers and why, and what to do when none of them will do. */
import type { Modality, Path } from "../../directory/coach.ts";
import type { FaultKind } from "../../directory/profile-form.ts";
import type { DayPart } from "../day-part.ts";
import type { Relaxation } from "../relaxation.ts";
import type { RematchReason } from "../search.ts";
import type { WishField } from "../wishes-form.ts";

const unkeepable =
  "There is a character in it that can't be kept. Type that part anew rather than pasting it.";

export const words = {
  undo: "Undo",
  loading: "Looking for coaches",
  retry: "Try again",

  wishes: {
    title: "Find a coach who fits",
    titleAgain: "What you ask for",
    lead: "Say what matters; three coaches come back, with reasons.",
    private:
      "The matching runs on this device. The server sees neither what you ask for nor whom you must not meet.",
    back: "Coach",
    backToOffers: "Your three",
    find: "Show me three",
    finding: "Looking",
    restored: "What you typed last time is back.",
    discard: "Start from what was kept",
    discarded: "Back to what was kept.",
    faultsTitle: "Almost. A few things are missing:",

    path: "What is it about?",
    paths: {
      burnout: "The tank is empty and you are still driving.",
      career: "The question is whether this is the work.",
      leadership: "You answer for others, with a title or without one.",
      "sustainable-practice": "You want to stay, but not like this.",
    } satisfies Record<Path, string>,

    languages: "Languages you can talk in",
    languagesHint: "Any of them will do.",
    openLanguages: "Choose languages",

    when: "When could you talk?",
    whenOptions: {
      any: "Any time will do",
      marked: "At the times I mark",
    },
    anyNote: "The exact time is chosen at booking.",
    grid: "Times that could work in an ordinary week",
    gridHint: "A name at the edge marks its whole row or column.",
    gridKeys: "Arrow keys move, space marks.",
    day: "Day",
    parts: {
      early: "Early",
      morning: "Morning",
      afternoon: "Afternoon",
      evening: "Evening",
      night: "Night",
    } satisfies Record<DayPart, string>,
    partHours: (part: string, hours: string) => `${part} is ${hours}`,
    listed: (items: readonly string[]) => `${items.join(", ")}.`,
    span: (from: string, to: string) => `${from}–${to}`,
    cell: (day: string, part: string) => `${day}, ${part.toLowerCase()}`,
    allOfPart: (part: string) => `${part}, every day`,
    allOfDay: (day: string) => `${day}, all day`,
    zone: "Your time zone",
    zoneHint: (clock: string) => `It is ${clock} there now.`,
    sharedHours: "Hours a week in common, at least",
    hours: (hours: number) => (hours === 1 ? "1 hour" : `${hours} hours`),

    terms: "What it may cost, and how you meet",
    ceiling: "A session, at most",
    noCeiling: "No ceiling",
    ceilingNth: (nth: number) => `Ceiling ${nth}`,
    currency: "Currency",
    addCeiling: "Add another currency",
    dropCeiling: (currency: string) => `Leave out ${currency}`,
    leftOut: (currencies: string) =>
      `Coaches who charge in ${currencies} are left out, unless they give it away: nobody is asked for an exchange rate. Add a ceiling to see them.`,
    modalities: "How you would meet",
    modalitiesHint: "Any of them will do. None picked: however they do it.",
    doctorsOnly: "Only doctors",
    doctorsOnlyHint: "Otherwise other certified coaches are offered too, and marked as such.",

    apart: "Kept apart",
    apartLead:
      "Nobody on these lists is offered to you. Names are compared generously: a namesake too many is kept away rather than one too few.",
    ownEmployers: "Where you work",
    ownEmployersHint: "One place a line. Coaches who work there are never offered.",
    people: "People you must not meet",
    peopleHint: "One name a line: a boss, a friend, somebody's spouse.",
    employers: "Other places to keep away from",
    employersHint: "One place a line: where you apply, where you left.",
    cards: "Coaches never to be offered",
    takeOff: (name: string) => `Take ${name} off the list`,
    takenOff: (name: string) => `${name} can be offered again.`,
    goneCoach: "A coach who is no longer listed",

    soft: "What would be good to share",
    softLead: "These weigh; they keep nobody out.",
    stage: "Coaches people who are",
    anyStage: "Doesn't matter",
    specialty: "Comes from",
    anySpecialty: "Doesn't matter",
    lived: "Has been through",
    livedHint: "What a coach would understand without being told.",
    openLived: "Choose what",
    styles: "Works like this",
    stylesHint: "Nobody is better for it; people differ in what they can use.",
    openStyles: "Choose how",
  },

  fields: {
    path: "What it is about",
    languages: "Languages",
    timeZone: "Time zone",
    parts: "Times",
    sharedHours: "Hours in common",
    ceilings: "What it may cost",
    modalities: "How you would meet",
    ownEmployers: "Where you work",
    people: "People you must not meet",
    employers: "Other places",
    stage: "Stage",
    specialty: "Field",
    livedExperiences: "Has been through",
    styles: "Works like this",
  } satisfies Record<WishField, string>,

  faults: {
    path: all("Choose one. You can ask for another at any time."),
    languages: { ...all("Choose one at least."), long: "Twelve at most." },
    timeZone: all("Choose a zone from the list."),
    parts: all("Mark a time, or say that any time will do."),
    sharedHours: all("Choose from the list."),
    ceilings: {
      empty: "Digits only, such as 250 or 250.50.",
      long: "That is more than 10,000 a session. Is there a digit too many?",
      text: "Digits only, such as 250 or 250.50.",
      form: "Digits only, such as 250 or 250.50.",
    },
    modalities: all("Choose from the list."),
    ownEmployers: lines("Two hundred places at most."),
    people: lines("Two hundred names at most."),
    employers: lines("Two hundred places at most."),
    stage: all("Choose from the list."),
    specialty: all("Choose from the list."),
    livedExperiences: all("Twelve at most."),
    styles: all("Twelve at most."),
  } satisfies Record<WishField, Record<FaultKind, string>>,
  faultInLine: (line: number, kind: FaultKind) =>
    kind === "long"
      ? `Line ${line} is longer than 120 letters.`
      : `Line ${line} holds a character that can't be kept. Type it anew rather than pasting it.`,
  faultLine: (field: string, fault: string) => `${field}: ${fault}`,

  offers: {
    title: (count: number) =>
      ["Nobody fits all of it yet", "One who fits", "Two who fit", "Three who fit"][count] ??
      "Who fits",
    lead: (fitting: number, offered: number) =>
      fitting > offered
        ? `${fitting} coaches fit what you asked for. These ${offered} share the most with you.`
        : offered === 0
          ? "That says something about how few coaches there are, not about what you ask for."
          : offered === 1
            ? "Nobody else fits what you asked for."
            : "Nobody else fits what you asked for. Look at them in peace.",
    seenAll: "You have seen everyone who fits",
    seenAllLead: (count: number) =>
      count === 1
        ? "There was one. Look at them again, or ask for something else."
        : `There were ${count}. Look at them again, or ask for something else.`,
    again: "Show them again",
    nobodyYet: "No coach has been published here yet. The stewards are working on it.",
    change: "Change what you ask for",
    all: "All coaches",
    list: "Offers",

    reasons: "Why",
    lived: (what: string) => `Has been through it: ${what}`,
    stage: (stage: string) => `Coaches people at your stage: ${stage}`,
    specialty: (specialty: string) => `Comes from your field: ${specialty}`,
    style: (style: string) => style,
    also: (items: readonly string[]) => `Also: ${items.join(", ")}.`,
    fits: (items: readonly string[]) => `Fits what you asked: ${items.join(", ")}.`,
    path: (path: string) => path.toLowerCase(),
    language: (language: string) => language,
    hours: (hours: string, isAny: boolean) =>
      isAny ? `open ${hours} hours a week` : `${hours} hours a week when you are free`,
    oneHour: (isAny: boolean) =>
      isAny ? "open an hour a week" : "an hour a week when you are free",
    modality: (modality: string) => modality.toLowerCase(),
    price: (price: string) => `${price}, within your ceiling`,

    mustNotMeet: "Never offer this one",
    never: (name: string) => `${name} will not be offered again.`,

    none: "None of these?",
    noneLead: "Just ask for others, or say why and they lean that way.",
    others: "Show me others",
    because: "Show me others, because",
    why: {
      TimesDoNotSuit: "The times don't suit",
      TooExpensive: "Too expensive",
      NotMyStage: "Not for my stage",
      NotMyKindOfWork: "Not my kind of work",
      HasNotBeenThere: "Hasn't been where I am",
      NotMyManner: "Not my manner",
      RatherADoctor: "Rather a doctor",
    } satisfies Record<Exclude<RematchReason["type"], "ShowOthers" | "MustNotMeet">, string>,
    passed: "Passed over. Here are the next.",
    passedLast: "Passed over. Nobody else fits.",

    relax: "What would bring more",
    relaxLead: "One wish let go, all the others kept:",
    brings: (count: number) => (count === 1 ? "1 more" : `${count} more`),
    relaxations: {
      path: "On another path",
      language: "In another language",
      hours: "With fewer hours in common",
      modality: "However you meet",
      price: "Above your ceiling",
      doctor: "Certified coaches who are not doctors",
    } satisfies Record<Relaxation["constraint"], string>,
    otherHours: "At other times than you marked",
    from: (prices: readonly string[]) => `from ${prices.join(" or ")}`,
    upTo: (hours: number) => (hours === 1 ? "up to 1 hour a week" : `up to ${hours} hours a week`),
    letGo: {
      path: "Choose a path",
      language: "Add a language",
      hours: "Ask for fewer hours",
      modality: "Any way will do",
      price: "Raise the ceiling",
      doctor: "Offer them too",
    } satisfies Record<Relaxation["constraint"], string>,
    markOthers: "Mark other times",
    relaxed: "Changed. Here is who fits now.",
  },

  modalities: {
    video: "video",
    audio: "voice only",
    written: "in writing",
    "in-person": "in person",
  } satisfies Record<Modality, string>,
};

function all(text: string): Record<FaultKind, string> {
  return { empty: text, long: text, text, form: text };
}

function lines(tooMany: string): Record<FaultKind, string> {
  return {
    empty: "Leave it empty or name one.",
    long: tooMany,
    text: unkeepable,
    form: unkeepable,
  };
}
