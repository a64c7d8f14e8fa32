const changes = (count: number): string => (count === 1 ? "One change is" : `${count} changes are`);

/** What identity's screens say. */
export const words = {
  email: "E-mail",
  emailHint: "A personal address, not your employer's: a hospital mailbox can be read by others.",
  emailError: "That doesn't look like an e-mail address yet.",
  passphrase: "Passphrase",
  device: "This device",

  join: {
    title: "Come in",
    lead: "You have been invited. Three short steps, about two minutes.",
    looking: "Looking at your invitation",
    noCode: "Type the code from your letter",
    noCodeLead:
      "Letters and numbers in fours. Type it on a device of your own, not one of the hospital's.",
    code: "Code",
    codeError: "A code has 20 letters and numbers. Check it against the letter.",
    goOn: "Go on",
    notValid:
      "This invitation has been used already, has run out, or was mistyped. Ask whoever invited you for a new one.",
    whoTitle: "Who you are here",
    name: "What should we call you?",
    nameHint: "A first name is enough. Coaches you book with see it.",
    nameError: "We need something to call you by.",
    stage: "Where are you on the way?",
    stageError: "Choose the one that comes closest.",
    stages: {
      student: "Medical student",
      resident: "Resident or fellow",
      attending: "Attending or consultant",
      leader: "Leading others",
      "pre-retirement": "Nearing retirement",
    } as Readonly<Record<string, string>>,
    passphraseTitle: "Your passphrase",
    passphraseLead:
      "It opens what you write here, and it never leaves this device. We can't read it, and nobody can reset it for you.",
    passphraseHint:
      "At least 12 characters. Five plain words are easier to keep than one clever one.",
    passphraseShort: "Twelve characters at least, please.",
    passphraseSimple: "That one is easy to guess. Longer, or less regular.",
    suggest: "Suggest five words",
    next: "Next",
    sheetTitle: "Your recovery sheet",
    sheetLead:
      "If you forget the passphrase, these 24 words are the only other way to what you wrote. Write them down or print them, and keep the paper where you keep your passport.",
    sheetLost:
      "Lose both, and what you wrote is gone for everybody, you included. That is what keeps it private.",
    sheetPrint: "Print",
    sheetDone: "I have it on paper",
    testTitle: "Two words, to be sure",
    testLead: "From your paper:",
    testWord: (place: number) => `Word ${place}`,
    testWrong:
      "That isn't the word in that place. Look at your paper once more, or show the sheet again.",
    testShow: "Show the sheet again",
    checkTitle: "A code is on its way",
    checkLead: (email: string) =>
      `We sent eight digits to ${email}, to be sure the address is yours. It may take a minute, and may lie in the spam folder.`,
    checkCode: "Eight digits",
    checkWrong: "Those aren't the digits we sent to that address. Check the newest letter.",
    finish: "Open my room",
    finishing: "Making your keys",
    alreadyHere: "There is an account for this address already. Sign in instead.",
    expired:
      "This took longer than half an hour, and the half-made account was let go. Start again; the invitation still holds.",
    terms:
      "Everyone here is a client or a colleague, never a patient. Callroom is not treatment and no emergency service.",
  },

  signIn: {
    title: "Sign in",
    lead: "With your passkey, or your address and passphrase.",
    withPasskey: "Use a passkey",
    or: "or",
    submit: "Sign in",
    busy: "Opening",
    refused: "The address and the passphrase don't go together. Nothing is locked; try again.",
    tooMany: (seconds: number) =>
      `Too many tries for this address. Wait ${seconds} seconds, then try again.`,
    serverChanged:
      "This server shows another key than the one this device knows. Don't type your passphrase again; ask a steward, by another way than this page, whether the server was replaced.",
    cannotOpen:
      "You are signed in, but what you wrote could not be opened with this passphrase. Use your recovery sheet.",
    passkeyDeclined: "The passkey was not used. Try again, or use your passphrase.",
    passkeyCannotUnlock:
      "This passkey can sign you in, but can't unlock what you wrote. Use your passphrase this time.",
    ended:
      "You have been signed out. Sign in again and go on where you were: what you wrote is still on this device, sealed.",
    forgot: "I lost my passphrase",
    invited: "I have a code from a letter",
    failedBefore: (tries: number) =>
      tries === 1
        ? "Somebody tried to sign in to your account once without success since you were last here."
        : `Somebody tried to sign in to your account ${tries} times without success since you were last here.`,
  },

  unlock: {
    title: "Your room is locked",
    lead: "It locks by itself when you are away, and with the curtain. Everything you wrote is safe.",
    submit: "Unlock",
    withPasskey: "Unlock with a passkey",
    notYou: "Sign in as somebody else",
    giveWay: (unsent: number) =>
      unsent === 0
        ? "This removes your copy from this device."
        : `This removes your copy from this device. ${changes(unsent)} not sent yet; what is unsent stays here, sealed, until you sign in again.`,
    offline:
      "The server can't be reached, and a passphrase needs it. A passkey would unlock without.",
  },

  recover: {
    title: "Lost passphrase",
    lead: "Your recovery sheet opens what you wrote, and lets you choose a new passphrase. Nothing else can, also not a steward.",
    phrase: "The 24 words",
    phraseHint: "In order, in any case; the numbers may stay.",
    unknownWord: (place: number) => `Word ${place} is on no list. Is it spelt as on the sheet?`,
    wordCount: (count: number) => `That makes ${count} words; the sheet has 24.`,
    wrongOrder: "All 24 are real words, but not in this order. Check them line by line.",
    fresh: "A new passphrase",
    submit: "Open with the sheet",
    refused: "This sheet and this address don't go together.",
    done: "Your passphrase has changed. Every other device was signed out, and passkeys were removed; you can add yours again.",
  },

  letterEnd: {
    title: "No more letters on Mondays?",
    lead: "One tap ends them. Nothing else changes, and nobody else is told.",
    end: "End the letter",
    ending: "Ending it",
    doneTitle: "The letter is ended",
    done: "No more letters go to the address that this one was sent to, or at most one that is under way already. If you want it back, it is among the settings of your account.",
    notWhole:
      "This link isn't whole: mail programs break long ones. Copy all of it from the letter, or sign in and switch the letter off among the settings of your account.",
    start: "To the start page",
  },

  account: {
    title: "You and your devices",
    saved: "Saved.",
    save: "Save",
    who: "Who you are here",
    timeZone: "Your time zone",
    devicesTitle: "Devices",
    devicesLead: "Where you are signed in, by the names you gave.",
    thisDevice: "this one",
    end: "Sign out",
    endAll: "Sign out everywhere",
    passkeysTitle: "Passkeys",
    passkeysLead:
      "Sign in and unlock by one touch. Your passphrase and your recovery sheet stay as they are.",
    addPasskey: "Add a passkey",
    passkeyLabel: "A name for the passkey",
    passkeyAdded: "The passkey is ready.",
    passkeySignsInOnly:
      "The passkey can sign you in; this authenticator can't unlock, so the passphrase is still asked for.",
    passkeyRefused: "The passkey could not be kept. It may be here already.",
    drop: "Remove",
    idleTitle: "Locking",
    idle: "Lock after",
    idleMinutes: (minutes: number) => `${minutes} minutes away`,
    confirmTitle: "Your passphrase, please",
    confirmLead: "To be sure it is you at this device.",
    confirm: "Go on",
    changePassphrase: "Change the passphrase",
    newPassphrase: "New passphrase",
    passphraseChanged: "Your passphrase has changed. Other devices were signed out.",
    newSheet: "Make a new recovery sheet",
    newSheetLead: "The old sheet stops working.",
    sheetChanged: "The new sheet is the one that counts now.",
    secretsTitle: "Passphrase and recovery sheet",
    changeEmail: "Change the address",
    newEmail: "New address",
    emailChanged: "The address has changed.",
    emailTitle: "Where letters go",
    confirmEmail: "Send a code to this address",
    emailConfirmed: "The address is confirmed.",
    letterTitle: "A letter on Mondays",
    letterLead:
      "A reminder that there is a place for you, for whoever wants one. It goes by e-mail early on Monday to everybody who asked for it: the same words at the same minute, whether they are in a circle or not.",
    letterAbout:
      "It says that the page is open, and how to end the letter. It doesn't say what the page is, who you are, or whether anything is new: it is the same when nothing is.",
    letterSwitch: "Send me the letter on Mondays",
    letterHint: (email: string) =>
      `To ${email}. When you chose this is not kept. Every letter has a link that ends it, without signing in.`,
    letterUnconfirmed: (email: string) =>
      `We don't know yet whether ${email} reaches you. Have a code sent there under “Where letters go”, just above; then you can switch this on.`,
    letterOn: "The next one comes on a Monday.",
    letterOff: "No more letters on Mondays.",
    exportTitle: "Take it with you",
    exportLead:
      "Everything you wrote and everything the server knows of you, as JSON to read by machine and Markdown to read yourself. Put together on this device.",
    exportJson: "Download JSON",
    exportMarkdown: "Download Markdown",
    exportLocked: "The files are readable to whoever has them. Keep them where only you look.",
    deleteTitle: "Leave for good",
    deleteLead:
      "Deletes your account, everything you wrote, your bookings and your threads with coaches, at once and on the server too. What hangs on a pseudonym doesn't go with it; you are asked about that first. Backups forget you when they next roll over. Nobody can bring it back.",
    deleteButton: "Delete my account",
    deleteType: "Type DELETE to go on",
    deleteWord: "DELETE",
    deleteGone: "Your account is gone.",
    lastSteward:
      "You are the only steward. Invite another one first, so that the community is not left without.",
    signOut: "Sign out on this device",
    sendingRest: "Sending what is left",
    unsentTitle: "Not everything has been sent",
    unsent: (count: number) =>
      `${changes(count)} on this device alone. Stay signed in, and it is sent as soon as the server can be reached. Sign out now, and nobody can bring it back.`,
    late: (count: number) =>
      `${count === 1 ? "One of them waits" : `${count} of them wait`} on purpose: what you did without a name goes along with something that your devices send once or twice a day, whatever you do, so that nobody can tell it was you. Locking keeps it safe here.`,
    sentNow: "Everything has been sent now.",
    stay: "Stay signed in",
    signOutNow: "Sign out",
    loseUnsent: "Sign out and lose it",
    oneServer:
      "Whoever runs this community keeps its two databases, the one with names and the one without, on one server. One person could then copy both at the same moment.",
    theme: "Light or dark",
    themes: { system: "As the device", light: "Light", dark: "Dark" } as Readonly<
      Record<string, string>
    >,
  },
};
