/**
 * The standing words of the components, and the one list of lines that say who can read what is typed.
 * Screens take those lines from here, so that the same thing is said the same way everywhere.
 */
export const words = {
  optional: "optional",
  show: "Show",
  hide: "Hide",
  close: "Close",
  copy: "Copy",
  copied: "Copied",
  notCopied: "Could not copy. Select the text instead.",
  dismiss: "Dismiss",
  cancel: "Cancel",
  notFetched: "This could not be fetched",
  again: "Try again",
  chooseFile: "Choose a file",
  noFile: "No file chosen",
  most: (count: number) => `Choose up to ${count}.`,
  stepOf: (at: number, of: number) => `${at} of ${of}`,
  partDone: (done: number, total: number) => `${done} of ${total}`,
  otherZone: (time: string, name: string) => `${time} for ${name}`,
  otherZoneUnnamed: (time: string, zone: string) => `${time} in ${zone}`,

  readers: {
    onlyYou: "Only you.",
    youAnd: (name: string) => `You and ${name}.`,
    youServerAnd: (name: string) => `You, ${name} and whoever runs this server.`,
    stewards: "The stewards.",
    stewardsUnnamed: "The stewards, later, without your name.",
    community: "Every member of this community.",
    coachAndStewards: (name: string) => `You, ${name} and the stewards.`,
    anyone: "Anyone with the address of this page.",
    server: "You and whoever runs this server.",
    namelessly: "Whoever runs this server; not whose it is.",
    circle: (count: string) => `The ${count} of you; no names.`,
    circleAndServer: (count: string) =>
      `The ${count} of you and whoever runs this server; no names.`,
    neverSent: "It never leaves this device.",
    thisDevice: "Kept on this device only.",
  },

  zones: {
    named: {
      name: "Named",
      meaning:
        "This is who you are to the community: account, bookings, profile. The server can read it, so it holds nothing about how you are.",
    },
    sealed: {
      name: "Sealed",
      meaning:
        "This is locked on your device before it leaves, with a key the server never has. Whoever runs the server holds letters and numbers that mean nothing.",
    },
    device: {
      name: "Here",
      meaning:
        "This stays on the device in front of you. Where the server has to be convinced, as of a passphrase, it gets a proof that gives nothing of it away.",
    },
    nameless: {
      name: "Nameless",
      meaning:
        "This is said as a doctor, not as you. A blind-signed pass proves that a verified doctor speaks; the server cannot tell which one.",
    },
  },
  whoCanRead: "Who can read this",
  howProved: "How this is proved",

  trend: {
    day: "Date",
    value: "Value",
    verdict: "Compared with before",
    verdicts: {
      improved: "Improved",
      worsened: "Worsened",
      "no-clear-change": "No clear change",
    },
    showTable: "Show the numbers",
    hideTable: "Hide the numbers",
  },
};
