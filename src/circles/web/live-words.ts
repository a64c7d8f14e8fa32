/** What a circle's live hour says, before, in and after it. */
export const words = {
  title: "Your circle's hour",
  back: "Your circle",
  entering: "Checking who is here",
  retry: "Try again",

  next: {
    title: "The next hour",
    lead: "Your circle meets every week at the same hour, by voice. Whoever has no sound takes part by text.",
    after: "After that",
    in: (text: string) => `In ${text}.`,
    open: "The room is open.",
    go: "Go to the room",
    opens: "The room opens a quarter of an hour before, so that you can try your sound.",
    days: (count: number) => (count === 1 ? "one day" : `${count} days`),
    hours: (count: number) => (count === 1 ? "one hour" : `${count} hours`),
    minutes: (count: number) => (count === 1 ? "one minute" : `${count} minutes`),
    file: "Save to your calendar",
    fileAbout:
      "Your device makes the entry, with an alarm ten minutes before; nobody is asked for it. It says “Hold” and nothing else. Keep it out of a calendar that your employer can read.",
    saved: "Saved. Open it with your calendar.",
    fileName: "hold.ics",
  },

  door: {
    lead: "You hear each other. Cameras are off, unless all of you want it otherwise. Before you come in:",
    true: [
      "A voice can be recognised. If that is too much today, come in by text, or listen only.",
      "Voices are encrypted between your devices and go through a relay, so that no member learns another's network address. Whoever runs the relay sees that you are there, and for how long.",
      "A hospital's network sees that you visit this site. Your phone's own connection doesn't show it there.",
      "Nothing is recorded. Close the door, and use headphones if you can.",
    ],
    voice: "Come in with your voice",
    text: "Come in by text, and listen",
    onlyText: "Come in by text",
    noRelay:
      "Voice isn't set up on this server. The hour goes by text, with the same clock and the same turns.",
  },

  shut: {
    NotNow: "The room is open around your circle's hour, and it isn't that hour.",
    NoSeat: "You have no seat in this circle any more.",
    Merged: "Your circle has become one with another. Its own hour is on the circles' page.",
    Wrong:
      "Something here doesn't add up, so this device says nothing in the room. Your circle's page tells what it saw.",
  } as Readonly<Record<string, string>>,
  elsewhere: {
    title: "You are in the room on another device",
    text: "The others see one of you. To go on here, come in again.",
    back: "Come in here",
  },
  left: {
    title: "You have left the room",
    text: "The others go on. The thread stays open all week.",
    again: "Come in again",
  },
  ended: {
    title: "The hour is over",
    text: "The room is closed until next week. The thread stays open.",
  },

  phase: {
    step: (at: number, of: number) => `Part ${at} of ${of}`,
    left: (clock: string) => `${clock} left`,
    over: (clock: string) => `${clock} over`,
    ended: "The hour has ended",
    endedAbout: "Say goodbye, and leave when you like. The thread stays open.",
  },
  turn: {
    own: "It is your turn",
    of: (name: string) => `${name} has the word`,
    free: "Anybody may speak",
    next: (name: string) => `Then ${name}`,
    done: "I'm done, pass it on",
    pass: (name: string) => `Pass on from ${name}`,
    give: (name: string) => `Give ${name} the word`,
    back: "The word is free again",
  },
  lead: {
    title: "You lead this hour",
    selfRun: "Your circle runs itself from the fifth hour on: whoever is there may move it on.",
    by: (name: string) => `${name} leads this hour.`,
    says: "What you could say",
    on: (name: string) => `Go on to: ${name}`,
    end: "End the hour",
  },

  people: {
    title: "Who is here",
    you: "you",
    away: (names: string) => `Not here: ${names}`,
    nobody: "You are the first. The others come in by and by.",
    voice: { on: "with voice", muted: "muted", none: "by text" },
    sound: {
      connecting: "sound is being connected",
      connected: "",
      failed: "no sound between you; it is tried again",
    },
    speaking: "speaks",
    hand: "raised a hand",
    spoken: "Spoken",
    spokenFor: (minutes: number, seconds: number) =>
      minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds} s`,
    share:
      "How long each has spoken, measured on their own device and seen by all. No judgement, only room for everybody.",
  },

  bar: {
    mute: "Mute",
    unmute: "Unmute",
    muted: "You are muted",
    speak: "Turn your microphone on",
    asking: "Your browser asks",
    hand: "Raise a hand",
    handDown: "Lower the hand",
    crisis: "Crisis lines",
    leave: "Leave",
  },
  voice: {
    NotAllowed:
      "Your browser doesn't give the microphone. You can allow it beside the address, or take part by text.",
    NoMicrophone: "No microphone was found. You can take part by text, and listen.",
  },
  faces: {
    title: "Faces",
    about: [
      "Cameras stay off unless everybody who is here would show their face. If one would rather not, or somebody comes in, all of them go off at once. Nobody is told who would and who wouldn't.",
      "A face ends namelessness. Whoever has seen yours may know you, or meet you, and anybody can take a picture of a screen. Nothing takes that back.",
    ],
    yes: "I would show mine",
    no: "Take mine back",
    said: "Your camera goes on when everybody has said so, and your browser asks you before.",
    everybody: "Everybody would. Cameras are on.",
    notEverybody: "Not everybody. No camera is on.",
    own: "You, as in a mirror",
    trouble: {
      NotAllowed:
        "Your browser doesn't give the camera, so your word was taken back. You can allow it beside the address.",
      NoCamera: "No camera was found, so your word was taken back.",
    },
  },
  offline: "No connection. It is tried again; the others go on meanwhile.",

  text: {
    title: "By text",
    lead: "For whoever has no sound, and for what is better written. It stays in the thread.",
    empty: "Nothing written in this hour yet.",
    you: "You",
  },
  hard: "When it gets hard",

  facilitating: {
    link: "How leading goes",
    title: "Leading an hour",
    lead: (minutes: number) =>
      `Six short readings, about ${minutes} minutes in all. Whoever has read them may offer to lead; nobody has to.`,
    kept: "That you have read this is kept for you alone. Your circle sees it only if you offer to lead.",
    again: "You have read this. It is here to look at again.",
    minutes: (minutes: number) => (minutes === 1 ? "One minute" : `${minutes} minutes`),
    try: "Something to try",
    begin: "Begin",
    on: "Go on",
    back: "Back",
    promises: {
      title: "What you promise",
      step: "The last page",
      lead: "To your circle, if you offer to lead.",
      accept: "I'll keep to this",
    },
    done: {
      title: "You can offer to lead now",
      lead: "In your circle, under “People and your seat”. All of you see the offer, and the hours go round among those who offer. It can be taken back at any time.",
    },
  },

  small: {
    title: "You are few",
    text: "There were fewer than four of you at each of the last two hours you came to. Two small circles can become one if everybody in both agrees, with new names and a new key. Talk about it in the thread, where you can also agree to it.",
    go: "Go to the thread",
  },
};
