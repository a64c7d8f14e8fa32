/** The words of the passes' part of the account page. */
import type { WalletTrouble } from "./wallet.ts";

const count = (number: number): string => new Intl.NumberFormat().format(number);

const TROUBLES: Readonly<Record<WalletTrouble, string>> = {
  EntryWrong: "A key in the list is none that our rules allow.",
  TwoKeys:
    "The list has two keys for one month. With a key of your own, somebody could recognise you by it.",
  Shortened: "Keys that your devices knew are missing from the list.",
  Rewritten: "A key in the list is another one than your devices knew.",
  SidesDiffer: "The side with names and the side without names show two different lists.",
  OtherNames:
    "Passes are to be bound to other names than before. With names of your own, somebody could recognise you by them.",
  WrongSignature: "What came back was not signed with the key of the list.",
  NotOurs: "A pass of yours was fetched with another key than the one your devices have.",
};

export const words = {
  title: "Your passes",
  lead: "A pass says that a verified doctor speaks, and not which one. Your device makes it, the server signs it without seeing it, and afterwards nobody can tell whose it was. It is fetched whenever you open your safe, whether you use it or not, so that fetching says nothing about you.",
  loading: "Looking at your passes",
  again: "Look again",

  badge: (month: string) => `Circle badge for ${monthName(month)}`,
  counts: "Counts",
  from: (day: string) =>
    `From ${day}. Whoever uses it then is one of all who hold one by that day.`,
  now: (day: string) => `Now. You can begin something with it until ${day}.`,
  still: "For what you have begun. For anything new you have, or will have, a later one.",
  closed:
    "No longer for anything new: the server was brought back from a backup, and this makes sure that nobody acts twice.",
  goesOn: "Keeps your place until",
  crowd: "Among whom",
  crowdOpen: (holders: number) => `You are one of ${count(holders)} verified doctors who hold one.`,
  crowdSmall: (holders: number, opens: number) =>
    holders === 0
      ? `Not counted yet. It opens at ${opens} verified doctors.`
      : `One of ${count(holders)} verified ${holders === 1 ? "doctor holds" : "doctors hold"} one. It opens at ${opens}.`,
  crowdLater: "The number is told from its first day on.",
  crowdUnknown: "Not known right now.",
  operatorsWord:
    "These numbers are the word of whoever runs the server. Nobody else can count without knowing who holds a pass.",

  none: "You hold none yet. One is fetched by itself as soon as it can be, and counts from the first day of the next month.",
  behind:
    "The side without names doesn't know the newest keys yet. What belongs to them is fetched once both sides agree.",
  notVerified:
    "Passes are for verified doctors, residents and students. Once you are verified, they are fetched by themselves.",
  verify: "Have yourself verified",

  trouble: {
    title: "The list of keys doesn't add up",
    what: (trouble: WalletTrouble) => TROUBLES[trouble],
    meaning:
      "Nothing was asked for, and nothing you hold is lost. Every device checks the same list, so that nobody can be given a key of their own and be recognised by it. Please tell a steward.",
  },
};

function monthName(month: string): string {
  const named = new Intl.DateTimeFormat(undefined, {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return named.format(Date.parse(`${month}-15T12:00:00Z`));
}
