/** What a circle's room says. */
import type { Reaction } from "../room/message-content.ts";

const COUNTS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight"];

export const words = {
  title: "Your circle",
  back: "Circles",
  entering: "Checking who is here",
  countOf: (count: number) => COUNTS[count] ?? String(count),
  retry: "Try again",

  norms: {
    title: "Before you go in",
    lead: "Everybody in a circle has agreed to this.",
    accept: "I'll keep to this. Go in",
    changed: "This has changed since you agreed to it last.",
  },

  shut: {
    title: "The room can't be opened",
    waits: "It is tried again by itself. What you wrote is still on this device.",
    NoSeat: "You have no seat in this circle any more.",
    Merged: "All of you had agreed to it. The thread that was here has ended for everybody.",
    Removed:
      "The stewards have taken this pseudonym out of its circle. That lasts until the quarter ends.",
    PassRefused:
      "The server did not take your pass. It may have ended; the next one is fetched by itself when you sign in.",
    CrowdTooSmall: "Too few doctors hold this month's pass.",
  } as Readonly<Record<string, string>>,
  left: {
    title: "You have left the circle",
    text: "The others are told, and go on with a key that you don't have. Your device asks for another pass, without saying whose it is.",
    done: "To the circles",
  },
  wrong: {
    title: "Something here doesn't add up",
    lead: "Your device checks what the server says about this circle, and this time it doesn't fit. That can be a fault of ours. It can also be somebody who shows you something other than the rest. Until it is cleared up, this device shows nothing of the room and says nothing in it.",
    seen: "What was seen",
    what: {
      ChainBroken: (at: number) =>
        `Entry ${at} of the member log doesn't follow on the one before.`,
      NotSigned: (at: number) => `Entry ${at} of the member log isn't signed by whoever it names.`,
      BadgeRefused: (at: number) =>
        `In entry ${at} of the member log somebody sits down with a badge that no known key has signed.`,
      NotAllowed: (at: number) =>
        `Entry ${at} of the member log does something that nobody may do.`,
      Shortened: () => "The member log is shorter than your devices saw it before.",
      Rewritten: () => "The member log tells another story than your devices read before.",
      WrapsWrong: (at: number) =>
        `The sealed keys of epoch ${at} are not those its maker spoke of.`,
      LogForked: (at: number) => `Whoever wrote message ${at} was shown another log than you.`,
      LogBehind: (at: number) => `Message ${at} speaks of entries in a log that you aren't given.`,
      LogsBroken: () =>
        "The public logs of pass keys or of the stewards' keys don't go on from what your devices saw.",
    } satisfies Record<string, (at: number) => string>,
    todo: "Write down the line above and tell a steward, from your account and not from here. If others of your circle see it too, something is being tried.",
  },

  connection: {
    live: "",
    reading: "New messages come every few seconds.",
    offline: "No connection. What is here stays, and what you write waits.",
  },
  unsettled: "The circle is making a new key. What you write goes out in a moment.",

  thread: {
    label: "Messages",
    empty: "Nothing here yet. Somebody has to begin; a hello is enough.",
    earlier: "Show earlier messages",
    earlierLoading: "Looking further back",
    unread: "New since you were here",
    jump: (count: number) => (count === 1 ? "One new message" : `${count} new messages`),
    you: "You",
    gone: "Somebody",
    edited: "changed",
    deleted: "This message was taken back.",
    replyTo: (name: string) => `In answer to ${name}`,
    replyToYou: "In answer to you",
    replyGone: "In answer to a message that isn't here",
    unreadable: {
      CouldNotBeOpened: "A message stands here that could not be opened.",
      Unreportable:
        "A message stands here that isn't shown: it was made so that it could not be reported.",
      NotInEpoch: "A message stands here that isn't shown: whoever sent it was not among you then.",
    },
    arrived: (name: string, text: string) => `${name}: ${text}`,
  },
  told: {
    formed: "The circle was formed.",
    merged: "Two small circles became this one.",
    joined: (name: string) => `${name} has come in.`,
    left: (name: string) => `${name} has left.`,
    removed: (name: string) => `${name} was taken out by the stewards.`,
    lapsed: (name: string) => `${name}'s pass has ended. They can come back with the next.`,
    renewed: (name: string) => `${name} is back.`,
    named: (before: string, name: string) => `${before} goes by ${name}.`,
    unnamed: (name: string) => `${name} goes by the first name again.`,
    met: (number: number) => `Meeting ${number} was held.`,
    leads: (name: string) => `${name} offers to lead the hour.`,
    leadsNoMore: (name: string) => `${name} doesn't offer to lead the hour any more.`,
  },

  post: {
    more: (name: string) => `What to do with ${name}'s message`,
    moreOwn: "What to do with your message",
    reply: "Answer",
    edit: "Change",
    remove: "Take back",
    removed: "Your message was taken back.",
    report: "Report",
    reactions: "Say with one word",
    reaction: {
      heard: "Heard",
      "me-too": "Me too",
      "thank-you": "Thank you",
      "thinking-of-you": "Thinking of you",
      "good-point": "Good point",
    } satisfies Record<Reaction, string>,
    reactedBy: (text: string, names: string) => `${text}: ${names}`,
    sending: "Sending",
    waiting: "Not sent yet. It goes by itself.",
    failed: "This could not be sent.",
    tryAgain: "Try again",
    discard: "Throw it away",
  },

  compose: {
    label: "Write to the circle",
    hint: "No names, no places, no patients: not yours and not theirs.",
    hintKeys: "Enter sends, Shift and Enter begins a new line.",
    send: "Send",
    save: "Save the change",
    replying: (name: string) => `You are answering ${name}`,
    replyingYourself: "You are answering yourself",
    editing: "You are changing your message",
    stop: "Stop that",
    tooLong: "That is longer than one message holds. Send it in two.",
    tooLate: "Messages can be changed for a quarter of an hour. This one stays as it is.",
  },

  people: {
    open: "People and your seat",
    title: "The circle",
    is: {
      here: "",
      paused: "takes part a little less for now",
      left: "has left",
      removed: "taken out by the stewards",
      lapsed: "pass has ended",
    },
    own: "you",
    verified: "Your device has checked for each of them that a verified doctor sits there.",
    name: "What you are called here",
    nameLead:
      "You got this name by chance. You can choose another; it stands in the log that all of you read, and the server with you.",
    nameField: "Another name",
    nameHint: "Not your own, and not one you use elsewhere.",
    nameSave: "Use this name",
    nameBack: "Go by the first name again",
    saving: "One moment",
    NotAName: "Two to 24 letters, of one alphabet.",
    TooAlike: "That could be taken for somebody else here, or for the house. Choose another.",
    leading: "Leading the hour",
    leadingLead:
      "In the first four hours somebody leads: one of those who offer it, in turn, or whoever's seat is next. Before you offer it, read how that goes.",
    leadingHow: "How leading goes",
    leads: "offers to lead",
    leadsOwn: "You offer to lead the hour. All of you see that.",
    leadsOn: "Offer to lead",
    leadsOff: "Take the offer back",
    pause: "Take part a little less",
    pauseLead: "You read on whenever you like, and the others don't wait for you.",
    pauseOn: "Pause",
    pauseOff: "Take part again",
    leave: "Leave",
    leaveLead: "The others are told that you have left, and not why.",
    leaveFor: "Leave the circle",
    leaveAnew: "Not for me, seat me again",
    leaveTitle: "Leave this circle?",
    leaveText:
      "You will read nothing of it any more, on any device, and can't come back to it. What you wrote stays; take back first what should not.",
    leaveAnewText:
      "That is fine, and happens. Your device asks for another pass, under a new name that nobody can tie to this one. It counts from the first of next month, and with it you can wait for another circle. In a quarter's last month there is none to ask for, and in a small community too few hold one of the same month; then it takes until the next quarter.",
    leaveDo: "Leave",
    leaveStay: "Stay",
  },

  report: {
    title: "Report to the stewards",
    lead: "The messages below go to the stewards, sealed by your device so that only they can read them, with proof that they were said like this. They learn the pseudonyms, not who anybody is, and not who reports.",
    messages: "What the stewards should see",
    messagesHint:
      "What came before helps them to understand. Take out what has nothing to do with it.",
    reported: "This is what you report",
    note: "Anything they should know",
    noteHint: "Your own words, if you like.",
    whatFollows:
      "The stewards look at it. They can warn, take somebody out, or close the circle; what they decide stands without names in the public list of decisions.",
    send: "Send the report",
    sending: "Sealing",
    sent: "The report is with the stewards. Thank you for telling them.",
    cancel: "Not now",
    NoStewards: "There are no stewards' keys to seal it to yet. Tell a steward from your account.",
    BadReport: "Those messages aren't here any more.",
  },
};
