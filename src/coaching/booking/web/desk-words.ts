/** What the coach's hours and calendars say. */
import type { RulesField } from "../availability.ts";
import type { BrokenReason } from "../calendar-lines.ts";
import type { WindowFaultType } from "../hours-form.ts";

export const words = {
  back: "Your desk",
  undo: "Undo",
  remove: "Remove",

  hours: {
    title: "Hours",
    lead: "When members can book you. Your calendars take their busy times away from this.",
    loading: "Opening your hours",
    summary: "In short",
    closed: "Nobody can book you yet. Begin with one day; it can be copied to the others.",
    week: (pattern: string, hours: string) => `Open ${pattern}: ${hours} hours a week.`,
    sessions: (length: string, step: string) =>
      `A session takes ${length} and can start every ${step}.`,
    buffers: (before: string | null, after: string | null) =>
      before === null
        ? after === null
          ? ""
          : `${after} stay free after it.`
        : after === null
          ? `${before} stay free before it.`
          : `${before} stay free before it, ${after} after it.`,
    notice: (notice: string | null, horizon: string) =>
      notice === null
        ? `Members book up to ${horizon} ahead, also at the last minute.`
        : `Members book at least ${notice} and at most ${horizon} ahead.`,
    cap: (most: number) =>
      most === 1 ? "One session a day at most." : `${most} sessions a day at most.`,
    faultsTitle: "Not saved yet. Look at these:",
    saved: "Saved. Members see the new times now.",
    refused: (field: string) => `The server did not take ${field}. Look at that part once more.`,
    refusedFields: {
      timeZone: "the time zone",
      weekly: "the week",
      exceptions: "the exceptions",
    } as Readonly<Record<string, string>>,
    refusedOther: "the rules",
  },

  zone: {
    label: "Your time zone",
    hint: (now: string) => `It is ${now} there now. Hours stay what they are when clocks change.`,
    elsewhere: (zone: string) =>
      `This device is set to ${zone}. Your hours below are not on its clock.`,
    fault: "Choose a zone from the list.",
  },

  week: {
    title: "Every week",
    closed: "Closed",
    add: "Add hours",
    addTo: (day: string) => `Add hours on ${day}`,
    copy: "Copy",
    copyFrom: (day: string) => `Copy ${day} to other days`,
    from: (day: string) => `${day}, from`,
    to: (day: string) => `${day}, to`,
    between: "to",
    dropWindow: (day: string, window: string) => `Remove ${window} on ${day}`,
    dropped: (window: string) => `${window} removed.`,
    full: "The day is full to midnight.",
    copyTitle: (day: string) => `Copy ${day} to`,
    copyDays: "Days",
    copyDo: "Copy",
    copyHint: "What stands there is replaced.",
    copied: (day: string, days: number) =>
      days === 1 ? `${day} copied to one day.` : `${day} copied to ${days} days.`,
    faults: {
      NotATimeOfDay: "Fill in both times.",
      EndsBeforeStart: "It ends before it starts. For midnight as the end, enter 0:00.",
      Overlapping: "This overlaps with hours above it.",
    } satisfies Record<WindowFaultType, string>,
    tooMany: (most: number) => `At most ${most} windows in all.`,
  },

  exceptions: {
    title: "Days that differ",
    lead: "Holidays, leave, a conference: days off, or days with other hours.",
    empty: "None are coming. Every week is as above.",
    off: "Day off",
    offDays: (days: number) => `Off, ${days} days`,
    otherHours: "Other hours",
    range: (from: string, to: string) => `${from} to ${to}`,
    addTitle: "Add days",
    from: "First day",
    through: "Last day, if there are more",
    kind: "On these days",
    isOff: "I am away",
    isOther: "Other hours",
    add: "Add these days",
    added: (days: string) => `${days} added.`,
    dropped: (days: string) => `${days} removed.`,
    drop: (days: string) => `Remove ${days}`,
    faults: {
      NoDate: "Choose a day.",
      Past: "That day is over.",
      TurnedRound: "The last day lies before the first.",
      TooLong: "A year at most at once.",
    },
    tooMany: (most: number) => `At most ${most} days.`,
  },

  rules: {
    title: "Rules",
    session: "A session takes",
    chemistry: "A first call takes",
    step: "Sessions can start every",
    before: "Kept free before",
    after: "Kept free after",
    notice: "Booked at the latest",
    noticeHint: "How long before the start a member can still book.",
    cap: "In one day, at most",
    horizon: "Booked at the earliest",
    cancel: "Moved or cancelled by members until",
    cancelHint: "You can cancel until it starts.",
    none: "Nothing",
    lastMinute: "At the last minute",
    untilStart: "It starts",
    noCap: "As many as fit",
    capOf: (most: number) => (most === 1 ? "One session" : `${most} sessions`),
    ahead: (duration: string) => `${duration} ahead`,
    beforeStart: (duration: string) => `${duration} before`,
    fault: (field: RulesField, least: number, most: number) =>
      field === "stepMinutes"
        ? `Between ${least} and ${most} minutes, so that every hour is the same.`
        : `Between ${least} and ${most}.`,
    fields: {
      lengthMinutes: "Length of a session",
      stepMinutes: "When sessions start",
      bufferBeforeMinutes: "Kept free before",
      bufferAfterMinutes: "Kept free after",
      minimumNoticeMinutes: "Booked at the latest",
      dailyCap: "In one day",
      horizonDays: "Booked at the earliest",
    } satisfies Record<RulesField, string>,
  },

  duration: (minutes: number): string => {
    if (minutes > 0 && minutes % 10_080 === 0) return counted(minutes / 10_080, "week");
    if (minutes > 0 && minutes % 1440 === 0) return counted(minutes / 1440, "day");
    if (minutes > 0 && minutes % 60 === 0) return counted(minutes / 60, "hour");
    return counted(minutes, "minute");
  },

  calendars: {
    title: "Calendars",
    lead: "So that nobody books an hour you have already given away.",
    kept: "What is kept: the minutes at which you are busy, and nothing else. No title, no place, no name of anybody.",
    loading: "Opening your calendars",
    listTitle: "Read for busy times",
    empty: "None yet. Members can book every hour you have opened.",
    kinds: { address: "By address, read again by itself", upload: "From a file" },
    read: "Last read",
    neverRead: "Not read yet",
    busy: (count: number) => (count === 1 ? "One busy time kept" : `${count} busy times kept`),
    problem: "The newest reading failed",
    problemKept: "What was read before still counts.",
    again: "Read again",
    reading: "Reading",
    wasRead: "Read again.",
    replace: "Read a newer file",
    drop: "Remove",
    dropTitle: (label: string) => `Remove ${label}?`,
    dropLead: "Its busy times are forgotten, and members can book those hours.",
    dropDo: "Remove the calendar",
    dropped: "Removed.",
    added: (count: number) =>
      count === 1
        ? "Added. One busy time is kept free."
        : `Added. ${count} busy times are kept free.`,
  },

  add: {
    title: "Add a calendar",
    kind: "How",
    byAddress: "By its address",
    byAddressNote: "Stays up to date by itself.",
    byFile: "From a file",
    byFileNote: "Counts as it is today. Nothing on the web is asked.",
    label: "A name for it",
    labelHint: "Only you see it.",
    labelFault: "Give it a name, 60 letters at most.",
    address: "Its iCalendar address",
    addressHint: "Begins with https:// or webcal://, often ends in .ics.",
    addressFault: "That doesn't look like an address. It begins with https:// or webcal://.",
    where: "Where to find the address",
    places: [
      ["Google", "Settings, your calendar, Integrate calendar: the secret address in iCal format."],
      [
        "Outlook",
        "Settings, Calendar, Shared calendars, Publish: “can view when I'm busy” is enough. Take the ICS link.",
      ],
      ["Apple", "Share the calendar as a public calendar in iCloud and copy its link."],
      ["Nextcloud", "Share the calendar by link, then copy the subscription link."],
    ],
    employerNote:
      "Rather not a hospital's calendar by address: its owner can see that a server asks for it.",
    file: "The file",
    fileHint: "An .ics file, 5 MB at most.",
    fileChosen: (name: string) => name,
    fileFault: "Choose a file.",
    fileTooLarge: "The file is larger than 5 MB. Export a shorter span of time.",
    fileUnread: "The file could not be opened on this device.",
    add: "Add this calendar",
    adding: "Reading the calendar",
    unsure:
      "The connection dropped before the answer came. Look above whether the calendar is there before you add it again.",
  },

  refusals: {
    AddressNotAllowed: "This address is not one we ask: it must be public and begin with https://.",
    AddressNotReached: "Nothing answered at this address. Check it, or export a file instead.",
    TooSlow: "Reading it took too long. Try again later, or export a shorter span of time.",
    CalendarTooLarge: "The calendar is larger than 5 MB. Export a shorter span of time.",
    NotACalendar:
      "What came back is not an iCalendar file. Is it the page of the calendar rather than its address?",
    BrokenLine: "The file is broken.",
    TooManyOccurrences: "An entry repeats more often than we can count.",
    TooManyCalendars: "Eight calendars are the most. Remove one first.",
  } as Readonly<Record<string, string>>,
  addressFaults: {
    NotAnAddress: "That doesn't look like an address. It begins with https:// or webcal://.",
    NotHttps: "The address must begin with https://, so that nobody on the way can read along.",
    WithPassword:
      "We keep no address with a password in it. Most calendars have a secret address without one.",
    NotPublic: "This address lies inside a private network. We only ask addresses on the open web.",
    TooManyRedirects: "This address sends us from one place to the next too often.",
  } as Readonly<Record<string, string>>,
  answeredWith: (status: number) =>
    `The other server answered with ${status}. Is the calendar still shared at this address?`,
  atLine: (line: number) => `See line ${line}.`,
  brokenAt: (line: number, reason: string) => `The file is broken at line ${line}: ${reason}.`,
  brokenReasons: {
    NotAProperty: "this is no line of a calendar",
    TooLong: "it is too long",
    WrongEnd: "it closes something that was not open",
    EndsTooSoon: "the file ends in the middle",
    OutsideCalendar: "it stands outside the calendar",
    BadTime: "the date or time can't be read",
    BadRule: "how it repeats can't be read",
    BadDuration: "the length of time can't be read",
    BadPeriod: "the span of time can't be read",
    BadZone: "the time zone can't be read",
  } satisfies Record<BrokenReason, string> as Readonly<Record<string, string>>,

  feed: {
    title: "Your sessions in your own calendar",
    lead: "An address that your calendar can subscribe to. It only ever shows “Hold”, without a name or a place.",
    secret: "Whoever has the address sees when you are held. It is shown once.",
    make: "Make an address",
    making: "Making it",
    made: "The address",
    again: "A new one ends the one before.",
    drop: "End the address",
    dropped: "The address no longer works.",
  },
};

function counted(count: number, unit: string): string {
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}
