/** What stewardship says to every member: sending a document, and the logs that their device checks. */
import type { RefusalReason } from "#identity/verification.ts";
import type { Decision } from "../decision-log.ts";

type DetailOf<Kind> = Extract<Decision, { readonly kind: Kind }>["detail"];
type DecisionWords = {
  readonly [Kind in Decision["kind"]]: Readonly<Record<DetailOf<Kind>, string>>;
};

const reasons: Readonly<Record<RefusalReason, string>> = {
  "number-not-found": "there is no entry under the number",
  "name-differs": "the entry has another name",
  "other-profession": "the entry is of another profession",
  "licence-not-in-force": "the licence is not in force",
  "licence-in-use": "the licence is in use already",
  "document-unreadable": "the document could not be read",
  "document-lacks-something": "the document doesn't show all that is needed",
  "not-on-roster": "whoever made the roster doesn't know of the place",
  "not-confirmed": "it could not be confirmed",
};

const forEachReason = (say: (reason: string) => string) =>
  Object.fromEntries(
    Object.entries(reasons).map(([reason, text]) => [reason, say(text)]),
  ) as Record<RefusalReason, string>;

/** Each in a sentence, without anybody in it. */
const decisions: DecisionWords = {
  "verification-approved": {
    npi: "Somebody was verified by their NPI.",
    roster: "One or several were verified by a roster.",
    vouching: "Somebody was verified by the word of two colleagues.",
    document: "Somebody was verified by a document.",
    "institution-mail": "Somebody was verified by a hospital's mailbox.",
  },
  "verification-refused": forEachReason((reason) => `An asking was refused: ${reason}.`),
  "verification-withdrawn": forEachReason((reason) => `A verification was ended: ${reason}.`),
  "coach-published": {
    physician: "A coach was published, as a physician.",
    "other-certified-coach": "A coach was published, certified and no physician.",
  },
  "coach-returned": { "not-yet-published": "A coach's page was handed back to be mended." },
  "coach-withdrawn": { "published-before": "A coach was taken off the list." },
  "credential-checked": {
    confirmed: "A coach's credential was confirmed.",
    "no-longer-confirmed": "A coach's credential is no longer confirmed.",
  },
  "steward-key": {
    founded: "The stewards' key was founded.",
    renewed: "The stewards' key was made anew, without whoever had left.",
  },
  steward: {
    invited: "Somebody was invited to be a steward.",
    admitted: "A steward was given the key.",
    left: "A steward left, and the key with them.",
  },
  institution: {
    listed: "An institution was listed whose mailboxes count.",
    renamed: "A listed institution was given another name.",
    removed: "An institution was taken off the list.",
  },
  sponsor: {
    students: "A sponsor was added whose rosters show who is a student.",
    residents: "A sponsor was added whose rosters show who is a resident.",
  },
  instrument: {
    added: "A questionnaire was added for all members.",
    replaced: "A newer file took the place of a questionnaire.",
    removed: "A questionnaire was taken off.",
  },
  report: {
    dismissed: "A report from a circle was looked at. Nothing had to be done.",
    warned: "After a report from a circle, somebody was warned.",
    removed: "After a report from a circle, somebody lost their seat.",
    closed: "After a report from a circle, the circle was ended.",
  },
};

const QUARTERS: Readonly<Record<string, string>> = {
  Q1: "January to March",
  Q2: "April to June",
  Q3: "July to September",
  Q4: "October to December",
};

export const words = {
  document: {
    looking: "Looking up the stewards' key",
    again: "Try again",
    how: "It may be your licence, a certificate of registration, or a letter from whoever registers doctors. It has to show name, number and a date. Cover what has nothing to do with it.",
    sealedHow:
      "It is sealed on this device to the stewards' key. The server keeps it sealed and out of every backup, and it is destroyed with the decision.",
    file: "The document",
    fileHint: "A PDF, or a picture as JPEG or PNG, up to 5 MB. Its file name stays here.",
    chosen: (name: string, size: string) => `${name}, ${size}`,
    megabytes: (bytes: number) =>
      bytes < 100_000
        ? `${Math.ceil(bytes / 1000)} kB`
        : `${(bytes / 1_000_000).toLocaleString(undefined, { maximumFractionDigits: 1 })} MB`,
    theStewards: "the stewards",
    missing: "Choose the document.",
    wrongType: "That is no PDF, JPEG or PNG inside, whatever its name says. Choose another file.",
    tooLarge: "That is more than 5 MB. A smaller picture, or fewer pages, will do.",
    unreadable: "The file could not be read. Choose it again.",
    submit: "Seal and send",
    steps: {
      reading: "Checking the stewards' key",
      sealing: "Sealing on this device",
      sending: "Sending it, sealed",
    },
    waitsTitle: "Documents wait for a steward",
    waits:
      "The stewards' key isn't ready: nobody has made it yet, or a steward has left and it has to be made anew. A document can be sent once a steward has opened their page. Look in again tomorrow, or choose another way.",
    movedAgain: "The stewards' key changed while your document was being sent. Send it once more.",
    untrustedTitle: "Nothing is sealed to this key",
    untrusted:
      "The server shows a history of the stewards' key that does not go on from what your devices know. Look at it first.",
    toLogs: "Look at the logs",
    otherWay: "Choose another way",
  },

  logs: {
    title: "Decisions and keys",
    lead: "What stewards decide is written into a chain that only grows, without names and without days. Your devices check it and remember where it ended.",
    back: { href: "/account/verification", text: "Your verification" },
    loading: "Reading and checking the logs",
    again: "Try again",
    checked: "Checked on this device, from the first entry to the last.",
    keyTitle: "Who holds the stewards' key",
    keyLead:
      "Documents are sealed to it. It is made in a steward's browser, and handed on only with a steward's signature.",
    holders: "Hold the key",
    holdersCount: (count: number) =>
      count === 0 ? "Nobody yet" : count === 1 ? "One steward" : `${count} stewards`,
    epoch: "Made",
    epochCount: (epoch: number) =>
      epoch === 0 ? "Not yet" : epoch === 1 ? "Once" : `${epoch} times`,
    documents: "Documents",
    documentsWait: "Wait until a steward has opened their page",
    documentsGo: "Can be sent",
    foundedAnewTitle: "The stewards' key was founded anew",
    foundedAnew: (times: number) =>
      `${times === 1 ? "Once, it" : `${times} times, it`} was made by somebody who did not hold it before, because none of the earlier stewards was left. Ask the stewards whether that is so.`,
    decisionsTitle: "What stewards decided",
    decisionsLead: "The newest first. Three months are the finest date there is.",
    none: "Nothing has been decided yet.",
    unknown: "Something was decided that this version of the app has no words for.",
    number: (sequence: number) => `No. ${sequence}`,
    earlier: "Show earlier ones",
    quarter: (quarter: string) => {
      const [year = "", part = ""] = quarter.split("-");
      return `${QUARTERS[part] ?? part} ${year}`;
    },

    lostTitle: {
      decisions: "The server shows another history of decisions than before",
      "steward-keys": "The server shows another history of the stewards' key than before",
    },
    lost: "What your devices remember is not in it. A restored backup does that; so does somebody who alters it. Ask a steward, by another way than this page, which it was.",
    lostKept:
      "Your devices go on remembering the old one until you say otherwise, and seal nothing to another key.",
    instead: "What the server shows now:",
    accept: "It was a restored backup: take the new history",
    accepted: "From now on your devices go by the new history.",
    brokenTitle: {
      decisions: "The log of decisions doesn't fit together",
      "steward-keys": "The log of the stewards' key doesn't fit together",
    },
    broken:
      "An entry is missing, was changed, or is not signed by who it should be. This can't be mended here. Tell a steward, by another way than this page.",
  },

  decisions,
};

/** Null for what a newer server may tell to an older page. */
export function decisionToWords(kind: string, detail: string): string | null {
  const known: Readonly<Record<string, Readonly<Record<string, string>>>> = words.decisions;
  const details = Object.hasOwn(known, kind) ? known[kind]! : {};
  return Object.hasOwn(details, detail) ? details[detail]! : null;
}
