/** What the stewards' screens of verification say: the queue, who is verified, institutions, the stewards' key. */
import type { RefusalReason, RosterKind, VerificationWay } from "#identity/verification.ts";
import type { StewardPlace } from "../key-standing.ts";

const some = (count: number): string => count.toLocaleString();

export const words = {
  home: {
    queue: "Verifications",
    waiting: (count: number) =>
      count === 0
        ? "Nobody waits."
        : count === 1
          ? "One doctor or student waits."
          : `${some(count)} doctors and students wait.`,
    verified: "Verified members",
    verifiedAbout: "Find one by name, and end a verification.",
    institutions: "Institutions",
    institutionsAbout: "Whose mailboxes speak for who reads them.",
    key: "The stewards' key",
    keyFounding: "Nobody holds it. Until somebody founds it, no document can be sent.",
    keyRenewal: "A steward has left. It has to be made anew; documents wait for it.",
    keyAdmission: (count: number) =>
      count === 1
        ? "One steward waits to be admitted."
        : `${some(count)} stewards wait to be admitted.`,
    keyHeld: (count: number) =>
      count === 1 ? "One steward holds it." : `${some(count)} stewards hold it.`,
  },

  sponsorKind: "What its lists are",
  sponsorKinds: {
    employer: "People it employs or counts as members",
    students: "Its medical students",
    residents: "Its residents or fellows",
  } satisfies Record<RosterKind, string>,
  sponsorKindNotes: {
    employer: "Being on such a list is evidence of nothing, and shown to nobody.",
    students: "Whoever comes with its code waits for you at once. A student has no licence.",
    residents: "Its code speaks for them, beside their licence.",
  } satisfies Record<RosterKind, string>,

  ways: {
    npi: "By an NPI",
    roster: "By a roster",
    vouching: "Vouched for by colleagues",
    document: "By a document",
    "institution-mail": "By an institution's mailbox",
  } satisfies Record<VerificationWay, string>,

  /** As a steward chooses them. The member reads the same in other words, with a way back. */
  reasons: {
    "number-not-found": "There is no entry under this number",
    "name-differs": "The entry under this number has another name",
    "other-profession": "The entry is of another profession",
    "licence-not-in-force": "The licence is not in force now",
    "licence-in-use": "The licence is in use by another account",
    "document-unreadable": "The document can't be opened or read",
    "document-lacks-something": "The document doesn't show name, number or date",
    "not-on-roster": "Whoever made the roster doesn't know them",
    "not-confirmed": "It could not be confirmed in this way",
  } satisfies Record<RefusalReason, string>,
  reasonNeeded: "Choose the reason. They are told it, with a way back.",

  meta: (parts: readonly string[]) => parts.join(" · "),
  names: (names: readonly string[]) => names.join(", "),

  queue: {
    title: "Verifications",
    lead: "Who asks to be counted as a doctor or student here, and what speaks for it. They come in no order of time.",
    loading: "Fetching who waits",
    empty:
      "Nobody waits. Who asks to be verified appears here; a letter tells them when you have decided.",
    noRegistry:
      "No registry of physicians is imported here, so numbers are looked up by hand: the link opens the public registry's page, which learns that somebody looked. Whoever runs this server can import one.",
    list: "Waiting",
    firstOf: (shown: number, all: number) =>
      `The first ${some(shown)} of ${some(all)}. The others follow as you decide.`,

    rosters: "Whole rosters",
    rostersLead:
      "Only accounts that came and ask are counted here. Lines that nobody used are shown to no one.",
    rosterOf: {
      students: (count: number) =>
        count === 1 ? "One student waits" : `${some(count)} students wait`,
      residents: (count: number) =>
        count === 1 ? "One resident or fellow waits" : `${some(count)} residents or fellows wait`,
    },
    approveAll: "Approve them all",
    approveAllOf: (sponsor: string) => `Approve them all: ${sponsor}`,
    approveAllTitle: (sponsor: string) => `Approve all of ${sponsor}?`,
    approveAllText: (who: string) =>
      `${who}. Each is verified and gets a letter that says something waits. Your own asking and licences in use are left out.`,
    approvedAll: (approved: number, left: number) =>
      left === 0
        ? `${some(approved)} approved.`
        : `${some(approved)} approved. ${some(left)} still wait: your own, or a licence in use. Decide those one by one.`,

    npi: "NPI",
    licence: "Licence",
    licenceOf: (country: string) => `Licence, ${country}`,
    nameOnLicence: "Name on it",
    name: (given: string, family: string) => `${given} ${family}`,
    registry: "In the registry",
    notFound: "No entry under this number.",
    found: (name: string, nameMatches: boolean) =>
      nameMatches ? `${name}: the same name.` : `${name}: another name than the one given.`,
    physician: "A physician.",
    student: "In training.",
    otherProfession: "Neither a physician nor in training.",
    lookUp: "Look it up",
    lookUpElsewhere: "Look in the register of that country.",
    confirmedAt: "Mailbox confirmed at",
    vouchers: "Vouched for by",
    roster: "Came with a list of",
    rosterUnknown: "A sponsor that is no longer listed",
    studentClaim: "None, as a student. The list stands for it.",
    own: "This is your own. Another steward has to decide it.",
    licenceInUse:
      "This licence is in use by another account, so it can't be approved. Whose it is we don't show.",

    approve: "Approve",
    approveNamed: (name: string) => `Approve ${name}`,
    refuse: "Refuse",
    refuseNamed: (name: string) => `Refuse ${name}`,
    approved: (name: string) => `${name} is verified. A letter says that something waits.`,
    refused: (name: string) => `${name} was refused. A letter says that something waits.`,
    refuseTitle: (name: string) => `Refuse ${name}?`,
    refuseText:
      "They can ask again, in any way. What they gave with this asking is destroyed, and the reason stays in the log that all members read, without a name.",
    reason: "Why",
    keep: "Leave it waiting",
    notWaiting:
      "This asking is gone: another steward has decided it, or they asked anew. The list is up to date again.",
    ownRefused: "Nobody decides about themselves. Another steward has to.",
    inUseRefused: "This licence is in use by another account, so it can't be approved.",
  },

  document: {
    open: "Open the document",
    openNamed: (name: string) => `Open the document of ${name}`,
    opening: "Fetching and opening it",
    close: "Close it",
    note: "It is opened in this browser alone, and destroyed with your decision.",
    picture: (name: string) => `The document of ${name}`,
    fullSize: "Full size",
    fit: "Fit to the screen",
    pdf: "A PDF. It is opened outside this page, by the program you read PDFs with.",
    savePdf: "Save the PDF",
    savePdfNote: "A copy then lies on this device. Delete it once you have decided.",
    fileName: "document.pdf",
    gone: "There is no document any more: it was decided, or asked anew.",
    noKey:
      "You don't hold the key that opens it. A steward who does can admit you, or decide this.",
    toKey: "To the stewards' key",
    notOpened:
      "It does not open, or is neither a PDF nor a picture. Refuse it with that reason, so that it can be sent again.",
  },

  verified: {
    title: "Verified members",
    lead: "There is no list of members. Type somebody's name exactly as they wrote it here.",
    name: "Name",
    nameEmpty: "Type a name.",
    find: "Find",
    finding: "Looking",
    found: "Verified under this name",
    none: (name: string) => `Nobody verified here is called “${name}”.`,
    withdraw: "End the verification",
    withdrawNamed: (name: string) => `End the verification of ${name}`,
    withdrawTitle: (name: string) => `End the verification of ${name}?`,
    withdrawText:
      "They keep their account and all they wrote. They are told the reason, and can ask again. The log that all members read says that a verification ended, without a name.",
    withdrawn: (name: string) => `${name} is no longer verified.`,
    own: "Nobody ends their own verification. Another steward has to.",
    keep: "Leave it",
  },

  institutions: {
    title: "Institutions",
    lead: "Who reads a mailbox of one of these can be confirmed by a code sent there. It is the last way offered: an institution can read its mailboxes.",
    loading: "Fetching the institutions",
    formTitle: "Add one",
    domain: "Its mail domain",
    domainHint: "What stands behind the @. What lies below it counts too.",
    domainExample: "clinic.example",
    domainError: "This is not a mail domain. It looks like clinic.example.",
    name: "Its name",
    nameError: "An institution needs a name.",
    warning: "List only who gives mailboxes to their own people. Never a provider for everybody.",
    add: "Add",
    added: (name: string) => `${name} is listed.`,
    listTitle: "Listed",
    empty: "None is listed. Until one is, nobody is offered this way.",
    act: "Change",
    drop: "Take off",
    dropNamed: (name: string) => `Take off: ${name}`,
    dropped: (name: string) => `${name} is off the list. Who was confirmed there stays so.`,
    undo: "Put it back",
  },

  key: {
    title: "The stewards' key",
    lead: "Documents are sealed to it on a doctor's device, and opened in a steward's browser. The server holds it only locked, a copy for each steward.",
    loading: "Reading the log of the key",
    logWrong:
      "The log of the stewards' key does not check: an entry is missing, changed or signed by nobody who may. Nothing was done with it. Tell the other stewards, outside Callroom, and whoever runs the server.",
    headLost:
      "The server shows another history of the stewards' key than it showed you before. A restored backup does that, or somebody altered it. Talk to the other stewards outside Callroom before you do anything here.",
    toLogs: "To the logs",
    otherKeys:
      "The server shows other keys for you than the ones your safe has. Nothing was done with it. Tell the other stewards, outside Callroom, and whoever runs the server.",

    foundTitle: "Nobody holds the key yet",
    foundText:
      "You found it: your browser makes it, and locks it for you alone. Until then nobody can send a document. Admit another steward soon after, so that it isn't lost with you.",
    foundAnewTitle: "Nobody is left who holds the key",
    foundAnewText:
      "None of those who held it is a steward any more. You can found another. Documents sealed to the old one can't be opened then, and every member's device says that it was founded anew.",
    found: "Found the key",
    founding: "Making the key",
    founded: "The key is made. You hold it.",
    renewTitle: "The key has to be made anew",
    renewText: (names: string) =>
      `Somebody who held it is a steward no more, so what comes must be sealed to another. Documents wait until then. It goes to: ${names}.`,
    renew: "Make it anew",
    renewing: "Making the key",
    renewed: "The key is made anew.",
    waitTitle: "You don't hold the key yet",
    waitText:
      "Your own keys are known now. Ask one of those who hold it to admit you, and compare the twelve words below with them first, aloud: in the same room, or on a call where you know the voice.",
    holdAlone:
      "You hold it, and nobody else does. Admit another steward, so that it isn't lost with you; circles open once two hold it.",
    hold: (others: number) =>
      others === 1
        ? "You and one other steward hold it."
        : `You and ${some(others)} other stewards hold it.`,

    stewards: "The stewards",
    you: (name: string) => `${name} (you)`,
    places: {
      holds: "Holds the key",
      asks: "Waits to be admitted",
      away: "Has not opened this page yet; can be admitted once they have",
    } satisfies Record<StewardPlace, string>,
    ready: "Has opened this page",
    wordsWith: (name: string) => `The twelve words with ${name}`,
    wordsNote: "If they differ, somebody has put themselves between you. Admit nobody then.",
    admit: "Admit",
    admitNamed: (name: string) => `Admit ${name}`,
    admitTitle: (name: string) => `Admit ${name}?`,
    admitText: (name: string) =>
      `${name} sees twelve words on this page too. Compare all of them aloud, in the same room or on a call where you know the voice.`,
    admitAfter: "Your signature stands in the log that every member's device checks.",
    admitDo: "They are the same: admit",
    admitting: "Signing",
    admitted: (name: string) => `${name} holds the key now.`,
    notNow: "Not now",
    notOpened:
      "The key that lies here for you does not open, or is not the one the log shows. Nothing was done. Another steward who holds it can go on.",
    moved: "Another steward changed the log just now. It was read again; look once more.",
    refused: "The server did not take this entry. It was read again; look once more.",

    documents: "Documents under an earlier key",
    documentsText: (count: number) =>
      count === 1
        ? "One document that waits is sealed to an earlier key. Sealed anew, every steward who holds the key can open it."
        : `${some(count)} documents that wait are sealed to an earlier key. Sealed anew, every steward who holds the key can open them.`,
    reseal: "Seal them anew",
    resealing: (done: number, of: number) => `${some(done)} of ${some(of)} sealed anew`,
    stop: "Stop here",
    resealed: (count: number) =>
      count === 1 ? "One document is sealed anew." : `${some(count)} documents are sealed anew.`,
    unopened: (count: number) =>
      count === 1
        ? "One could not be opened with a key you hold. A steward who held that key can do it, or refuse it as unreadable."
        : `${some(count)} could not be opened with a key you hold. A steward who held that key can do it, or refuse them as unreadable.`,

    leave: "Give the role back",
    leaveText:
      "You stay a member with all that is yours. You are signed out everywhere, and the key is made anew by the next steward, without you.",
    leaveButton: "Stop being a steward",
    leaveTitle: "Stop being a steward?",
    leaveSure:
      "You can't take it back yourself; another steward would have to ask you in again. Next we ask for your passphrase.",
    leaveStay: "Stay a steward",
    leaveGoOn: "Go on",
    lastSteward:
      "You are the only steward. Ask another one in first: a community without any can't be looked after.",
    left: "You are no longer a steward. Sign in again to go on as a member.",
  },
};
