/** What the stewards' screens say. The coaches' decisions have their words in coaching's directory. */
import type { Role } from "#identity/account.ts";

export const words = {
  back: { href: "/stewardship", text: "Stewardship" },
  again: "Try again",
  busy: "One moment",

  home: {
    title: "Stewardship",
    lead: "What waits for a steward. No page here shows what members write, or which line of a roster was used.",
    unknown: "Not known right now.",
    invitations: "Invitations",
    invitationsOpen: (count: number) =>
      count === 0
        ? "Ask somebody in. None is open."
        : count === 1
          ? "One is open."
          : `${count} are open.`,
    rosters: "Rosters",
    rostersOpen: (count: number) =>
      count === 0
        ? "Write to a sponsor's list. None is under way."
        : count === 1
          ? "One is under way."
          : `${count} are under way.`,
    coaches: "Coaches",
    coachesAbout: "Profiles and credentials that wait to be checked.",
    failed: "Work that failed",
    failedCount: (failed: number) =>
      failed === 0
        ? "Nothing failed."
        : failed === 1
          ? "One piece of work waits for your decision."
          : `${failed} pieces of work wait for your decision.`,
  },

  roles: {
    coach: "Coach",
    steward: "Steward",
  } satisfies Record<Role, string>,
  roleNotes: {
    coach: "Gets a desk. Members see the profile once a steward has checked it.",
    steward: "Can do all that these pages can. Reads nothing that members write.",
  } satisfies Record<Role, string>,
  member: "Member",
  list: (items: readonly string[]) => items.join(", "),

  invitations: {
    title: "Invitations",
    lead: "One person, one code. It opens the door once, within 30 days.",
    loading: "Fetching the open invitations",
    formTitle: "Ask somebody in",
    email: "E-mail address",
    emailHint: "Best a private one: a hospital's mailbox has other readers.",
    emailHintShow: "It can stay empty. Whoever has the link then types their own.",
    emailError: "This is not an address we can write to. Look at its spelling.",
    addressNeeded: "A letter needs an address. Or choose to hand the link over yourself.",
    way: "How it gets there",
    ways: { letter: "By letter", link: "I hand the link over" },
    wayNotes: {
      letter: "An e-mail that says nothing a colleague may not see.",
      link: "Shown to you once, for paper or a message of your own.",
    },
    roles: "Joins as",
    rolesHint: "Choose nothing for a member. A coach or a steward is a member too.",
    stage: "Stage",
    anyStage: "They choose when they join",
    send: "Send the letter",
    make: "Make the link",
    sent: (email: string) => `The letter to ${email} is on its way.`,
    linkTitle: "The link, this once",
    linkLabel: "Opens the door for one person",
    linkNote:
      "Whoever holds it can join, once. We keep only its fingerprint, so it can't be shown again; withdraw it from the list if it goes astray.",
    linkCopied: "Copied. Give it to nobody else.",
    done: "Done",
    listTitle: "Open",
    listLead: "Who has joined is no longer listed.",
    empty: "No invitation is open.",
    who: "For",
    handedOver: "Handed over, without an address",
    as: "Joins as",
    until: "Until the end of",
    act: "Change",
    withdraw: "Withdraw",
    withdrawNamed: (who: string) => `Withdraw the invitation for ${who}`,
    withdrawTitle: "Withdraw this invitation?",
    withdrawText: (who: string) =>
      `The code for ${who} stops working, and a letter that has not left yet stays here. Nobody is told.`,
    withdrawn: "Withdrawn.",
    keep: "Keep it",
  },

  rosters: {
    title: "Rosters",
    lead: "A list of addresses from a sponsor. Everybody on it gets the same letter on the same day, with one code to type on a device of their own.",
    unseen:
      "The sponsor never sees who joined, who did not, or how many did. Neither do you, but for students and residents who ask to be verified by it.",
    loading: "Fetching sponsors and rosters",
    formTitle: "Write to a list",
    sponsor: "Sponsor",
    pickSponsor: "Choose one",
    sponsorNeeded: "Choose the sponsor whose list this is.",
    addSponsor: "Add a sponsor",
    newSponsor: "Name of the sponsor",
    newSponsorHint: "Hospital, department or society. No letter names it.",
    newSponsorEmpty: "A sponsor needs a name.",
    nameTaken: "There is a sponsor of this name already. Choose it from the list.",
    add: "Add",
    cancel: "Cancel",
    file: "Read it from a file",
    fileHint: "CSV or text, as a spreadsheet saves it. It is read here first; nothing is sent yet.",
    fileRead: (name: string) => `${name}, read into the field below`,
    fileNotText:
      "This is a workbook, not a list of lines. Save it as CSV in the spreadsheet, then choose that.",
    fileTooLong: "This file is too long for one roster. Split it into lists of 5,000 lines.",
    csv: "The list",
    csvHint: "A line each: address, then stage. Commas, semicolons or tabs between them.",
    csvExample: "doctor@clinic.example, attending",
    stagesHint: (stages: readonly string[]) => `Stages: ${stages.join(", ")}.`,
    csvEmpty: "Choose a file or paste the list.",
    check: "Check the list",
    checking: "Checking",
    restored: "The list you had typed is back. Nothing of it was sent.",
    discard: "Clear it",
    good: (count: number) =>
      count === 0
        ? "No line can be used as it is."
        : count === 1
          ? "One line is good."
          : `${count.toLocaleString()} lines are good.`,
    noProblem: "Nothing to mend.",
    problems: (count: number) =>
      count === 1
        ? "One line is left out. Mend it above, or go on without it."
        : `${count.toLocaleString()} lines are left out. Mend them above, or go on without them.`,
    problemsTitle: "Lines left out",
    moreProblems: (count: number) => `And ${count.toLocaleString()} more.`,
    line: "Where",
    lineNumber: (line: number) => `Line ${line}`,
    text: "As it stands",
    fault: "Why",
    faults: {
      Address: "Not an e-mail address",
      Stage: "Not a stage we know",
      Twice: "The address stands further up already",
      TooManyColumns: "More than an address and a stage",
      AlreadyWritten: "Has had this sponsor's letter, and gets no second one",
    },
    after:
      "Nothing more will ever be sent to these addresses because of this list, and the list itself is destroyed when its 60 days end. This can't be called back.",
    send: (count: number) =>
      count === 1
        ? "Send the letter to one address"
        : `Send the letter to ${count.toLocaleString()} addresses`,
    sending: "Putting the letters on their way",
    sentTitle: "The letters are on their way",
    sent: (count: number, day: string) =>
      `${count === 1 ? "One letter" : `${count.toLocaleString()} letters`}, all the same. The code works until ${day}; then the list is destroyed.`,
    another: "Write to another list",
    noGoodLine:
      "No line of this list is both good and new. Look at what was left out, or check it once more.",
    tooManyLines: "More than 5,000 lines. Split the list and send it in parts.",
    sponsorNotFound: "This sponsor is gone. Choose another.",
    listTitle: "Under way",
    listLead: "Until its last day a roster's code opens the door.",
    empty: "No roster is under way.",
    letterOn: "Letter",
    windowEnds: "Until the end of",
  },

  failed: {
    title: "Work that failed",
    lead: "Letters and other work in the background that was tried many times. What it held is sealed; only its kind is shown.",
    loading: "Fetching what failed",
    empty: "Nothing failed. What can't be done at once is tried again by itself, for about a day.",
    waiting: (count: number) =>
      count === 0
        ? "Nothing else waits."
        : count === 1
          ? "One other piece of work is under way or being tried again."
          : `${count.toLocaleString()} other pieces of work are under way or being tried again.`,
    caption: "Failed for good",
    firstOf: (shown: number, all: number) =>
      `The first ${shown.toLocaleString()} of ${all.toLocaleString()}.`,
    task: "What",
    attempts: "Tried",
    times: (count: number) => (count === 1 ? "Once" : `${count} times`),
    error: "Why",
    act: "What to do",
    retry: "Try again",
    retryAll: "Try all again",
    retryNamed: (task: string, nth: number) => `Try again: ${task}, number ${nth}`,
    letGo: "Let go",
    letGoNamed: (task: string, nth: number) => `Let go: ${task}, number ${nth}`,
    letGoTitle: "Let this go?",
    letGoLetter:
      "This letter is deleted here and will not be sent. Whoever it was for does not get it.",
    letGoOther: (task: string) => `${task}: it is deleted here and will not be done.`,
    keep: "Keep it",
    retried: "It is being tried again.",
    retriedAll: "All of it is being tried again.",
    gone: "Let go.",
    tasks: {
      letter: "A letter",
      remind: "A reminder of a session",
      sweep: "Clearing away what has run out",
      "sweep-bookings": "Clearing away holds that ran out",
      "refresh-calendars": "Reading the coaches' calendars",
    } as Readonly<Record<string, string>>,
    otherTask: (task: string) => `Work named “${task}”`,
    errors: {
      Error: "Something in Callroom itself went wrong",
      TypeError: "Something in Callroom itself went wrong",
      EAUTH: "The mail server did not accept our sign-in",
      EENVELOPE: "The mail server did not accept the address",
      EMESSAGE: "The mail server did not accept the letter",
      ECONNECTION: "The other server could not be reached",
      ECONNREFUSED: "The other server could not be reached",
      ECONNRESET: "The connection broke off",
      ENOTFOUND: "The other server's name is not known",
      EDNS: "The other server's name is not known",
      ETIMEDOUT: "The other server did not answer in time",
      ESOCKET: "The connection broke off",
      ETLS: "No secure connection could be made",
    } as Readonly<Record<string, string>>,
    knownError: (sentence: string, kind: string) => `${sentence} (${kind})`,
    otherError: (kind: string) => `An error of the kind ${kind}`,
    noError: "The kind of error was not noted",
  },
};
