/** What the screens of verification say to who asks, and to who vouches. Every reason for a no has a way back. */
import type { RefusalReason, VerificationState, VerificationWay } from "../verification.ts";
import { VOUCHES_NEEDED } from "../verification.ts";

interface WayWords {
  readonly title: string;
  /** What it takes, and who learns what by it. */
  readonly about: string;
  /** While it waits. */
  readonly asked: string;
  readonly verified: string;
}

const ways: Readonly<Record<VerificationWay, WayWords>> = {
  npi: {
    title: "Your NPI",
    about: "Ten digits and your name. A steward compares both with the public register.",
    asked: "A steward compares your number and your name with the public register.",
    verified: "By your NPI.",
  },
  roster: {
    title: "The roster you came with",
    about: "Your school or programme listed you. It is not told that you ask.",
    asked: "A steward looks at what you gave beside the roster you came with.",
    verified: "By the roster you came with.",
  },
  vouching: {
    title: "Two colleagues here",
    about: "Two verified doctors who know you type a code that you give them. They see your name.",
    asked: "Two colleagues have vouched for you. A steward decides.",
    verified: "By the word of two colleagues.",
  },
  document: {
    title: "A document",
    about:
      "A picture or PDF of your licence, sealed on this device. It is destroyed with the decision.",
    asked: "A steward opens your document and decides. Then the document is destroyed.",
    verified: "By a document, which is destroyed.",
  },
  "institution-mail": {
    title: "A mailbox at your hospital",
    about: "Last for a reason: the hospital can read its mailboxes.",
    asked: "Your mailbox is confirmed. A steward decides.",
    verified: "By a mailbox at your hospital. Its address is not kept.",
  },
};

interface ReasonWords {
  readonly what: string;
  readonly wayBack: string;
}

const reasons: Readonly<Record<RefusalReason, ReasonWords>> = {
  "number-not-found": {
    what: "No entry under this number was found.",
    wayBack: "Look at the number on your licence once more, and ask again.",
  },
  "name-differs": {
    what: "The entry under this number has another name.",
    wayBack: "Give the name as it stands there, or send a document that shows both.",
  },
  "other-profession": {
    what: "The entry under this number is of another profession.",
    wayBack: "If that is wrong, send a document.",
  },
  "licence-not-in-force": {
    what: "The register says this licence is not in force now.",
    wayBack: "Ask again when it is, or send a document that says otherwise.",
  },
  "licence-in-use": {
    what: "This licence is in use already.",
    wayBack:
      "If that is an earlier account of yours, it is free again when the quarter ends. If it isn't, write to the stewards.",
  },
  "document-unreadable": {
    what: "The document could not be opened or read.",
    wayBack: "Send it again, as a PDF or a clear picture.",
  },
  "document-lacks-something": {
    what: "The document doesn't show name, number or date.",
    wayBack: "Send one that does. What has nothing to do with it may be covered.",
  },
  "not-on-roster": {
    what: "Whoever made the roster doesn't know of this place.",
    wayBack: "Ask by another way.",
  },
  "not-confirmed": {
    what: "This could not be confirmed in this way.",
    wayBack: "Ask by another way.",
  },
};

export const words = {
  title: "Your verification",
  leads: {
    none: "To speak here as a doctor without your name, somebody has to know that you are one. A steward looks, once. What you use now stays as it is, verified or not.",
    asked: "You have asked. Nothing that you use here waits for it.",
    verified: "You can speak here as a doctor, without your name.",
    refused: "You asked, and it was not confirmed. That is no judgement, and you can ask again.",
  } as Readonly<Record<VerificationState, string>>,
  back: { href: "/account", text: "You and your devices" },
  backToStanding: { href: "/account/verification", text: "Your verification" },
  loading: "Looking up where your verification stands",
  again: "Try again",
  ways,
  reasons,
  cancel: "Cancel",
  goOn: "Go on",

  standing: {
    askedTitle: "A steward looks at it",
    vouchingTitle: "Your colleagues are asked",
    studentsAsked:
      "You came with your school's roster, which is all it takes. A steward confirms it; there is nothing for you to do.",
    confirmedAt: (domain: string) => `Confirmed: a mailbox at ${domain}.`,
    letter:
      "A letter will tell you that something is waiting, and no more. What it is stands here.",
    verifiedTitle: "You are verified",
    refusedTitle: "Not confirmed this time",
    waysTitle: "Choose one way",
    waysLead: "The one that tells least comes first.",
    againTitle: "Ask again",
    otherTitle: "Ask in another way",
    otherLead: "That replaces what you asked, and destroys what came with it.",
    withdraw: "Take it back",
    withdrawTitle: "Take your asking back?",
    withdrawLead:
      "What you gave with it is destroyed, also what colleagues vouched. You can ask anew.",
    withdrawn: "Taken back. Nothing of it is kept.",
    vouch: "Vouch for a colleague",
    logs: "What stewards have decided, and who holds their key",
    studentTitle: "Still a student",
    student:
      "Without a licence the way is a roster from your school. Ask whoever invited you whether it can send one.",
  },

  claim: {
    restored: "What you typed last time is still here.",
    discard: "Start empty",
    country: "Country of the licence",
    countryEmpty: "Choose a country",
    countryError: "Choose the country that gave the licence.",
    number: "Licence or registration number",
    npi: "NPI",
    npiHint: "Ten digits. In the United States this number is the licence: a doctor has one of it.",
    numberError: "Give the number as it stands on your licence.",
    npiUnfinished: "An NPI has ten digits.",
    npiWrong: "These digits don't belong together. One of them may be mistyped.",
    numberWrong: "That can't be a licence's number: up to 24 letters and digits.",
    givenName: "Given names on the licence",
    familyName: "Family name on the licence",
    nameHint: "As the register spells it. Nobody but stewards sees it.",
    nameHintVouching: "As the register spells it. Stewards see it, and whoever you give your code.",
    nameError: "Give the name as it stands on the licence.",
  },

  ask: "Ask a steward",
  asking: "Asking",
  replaces: "You have asked already. Asking here replaces that, and destroys what came with it.",
  verifiedAlready: "You are verified. There is nothing to ask.",
  notOpenTitle: "This way isn't open to you",
  notOpen: "Another may be.",
  toStanding: "To the ways",

  roster: {
    students: "Your place on the roster is all it takes.",
    residents: "Your licence tells you from everybody else, the roster that you train.",
    noRoster: "No roster was found with your account. Choose another way.",
    claimNeeded: "Your licence is needed too.",
  },

  vouching: {
    how: "You get a code. Give it to two colleagues who are verified here and know that you are a doctor: by phone or in person, not through a hospital mailbox. It holds until tomorrow ends.",
    make: "Make a code",
    code: "Your code, for two colleagues",
    codeOnce:
      "It is shown this once, and holds until tomorrow ends. You can make another at any time.",
    count: (vouches: number) =>
      vouches === 0
        ? `Nobody of ${VOUCHES_NEEDED} has vouched yet.`
        : `${vouches} of ${VOUCHES_NEEDED} colleagues ${vouches === 1 ? "has" : "have"} vouched.`,
    renew: "Make another code",
    renewLead: "The last one stops working. Whoever vouched already stays counted.",
    notVouching: "You no longer ask this way. Look at where your verification stands.",
  },

  mail: {
    warningTitle: "Your hospital can read this mailbox",
    warning:
      "Whoever runs it sees that a letter came, and may read its eight digits. The letter doesn't say what they are for. Take another way if you can.",
    email: "Mailbox at your hospital",
    emailHint: "Used for this one letter. The server keeps it nowhere.",
    emailError: "That doesn't look like an e-mail address yet.",
    notListed:
      "Stewards have not listed this institution. Check the address, choose another way, or ask a steward to list it.",
    send: "Send the letter",
    sending: "Sending",
    sent: (email: string) =>
      `Eight digits are on their way to ${email}. They hold for half an hour, and may lie in the spam folder.`,
    code: "Eight digits",
    codeError: "Those aren't the digits of the newest letter.",
    expired: "Half an hour has gone by, so those digits no longer count. Send another letter.",
    confirm: "Confirm the mailbox",
    other: "Another letter or address",
  },

  vouch: {
    title: "Vouch for a colleague",
    lead: "A colleague gave you a code. You say that you know them, and that they are a doctor.",
    back: { href: "/account/verification", text: "Your verification" },
    code: "Their code",
    codeHint: "Twenty letters and digits, in fours.",
    codeError: "A code has 20 letters and digits. Check it with your colleague.",
    look: "See who it is",
    looking: "Looking",
    isTitle: "Is this who you know?",
    calledHere: "Called here",
    onLicence: "On the licence",
    stage: "On the way",
    sure: "Vouch if you know this person and that they are a doctor. It can't be taken back.",
    vouch: "I know them, and vouch",
    vouching: "Vouching",
    leave: "No",
    left: "Nothing was said. Nobody learns that you looked.",
    doneTitle: "You have vouched",
    done: (name: string) => `It counts for ${name}. A steward decides when two colleagues have.`,
    another: "Type another code",
    refusals: {
      CodeNotValid:
        "This code is no longer good, or was mistyped. Ask your colleague for a new one.",
      NotVerified: "Only who is verified can vouch, and nobody for themselves.",
      VouchedAlready: "You have vouched for them already. It counts once.",
      TheyVouchedForYou: "They vouched for you. Two can't vouch for each other.",
      TooManyVouches: "Six times is the most in a quarter. In the next one you can vouch again.",
    } as Readonly<Record<string, string>>,
  },

  section: {
    title: "Your verification",
    states: {
      none: "Nobody has confirmed yet that you are a doctor. You can ask when you like.",
      asked: "You have asked, and a steward looks at it.",
      verified: "You are verified.",
      refused: "You asked, and it was not confirmed. There is a way back.",
    } as Readonly<Record<VerificationState, string>>,
    open: "Open your verification",
  },
};
