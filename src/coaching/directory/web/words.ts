/** What the coach's card and the coach's own desk say; hours and calendars have their words in booking. */
import type { Coach, Modality, Path } from "../coach.ts";
import type { CoachState } from "../contract.ts";
import type { Standing } from "../credential.ts";
import type { DeskNote } from "../desk-note.ts";
import type { CredentialBody, FaultKind, ProfileField } from "../profile-form.ts";
import type { Stage } from "#identity/account.ts";

const unkeepable =
  "There is a character in it that can't be kept. Type that part anew rather than pasting it.";

export const words = {
  /** The language these words are in, for names of languages and currencies among them. */
  locale: "en",

  paths: {
    burnout: "Burnout",
    career: "Career",
    leadership: "Leadership",
    "sustainable-practice": "Sustainable practice",
  } satisfies Record<Path, string>,
  stages: {
    student: "Medical student",
    resident: "Resident or fellow",
    attending: "Attending or consultant",
    leader: "Leading others",
    "pre-retirement": "Nearing retirement",
  } satisfies Record<Stage, string>,
  modalities: {
    video: "Video",
    audio: "Voice only",
    written: "In writing",
    "in-person": "In person",
  } satisfies Record<Modality, string>,
  bodies: {
    ICF: "International Coaching Federation (ICF)",
    NBHWC: "National Board for Health and Wellness Coaching (NBHWC)",
    CCE: "Center for Credentialing and Education (CCE)",
    other: "Another body",
  } satisfies Record<CredentialBody, string>,

  card: {
    kinds: {
      physician: "Doctor, verified by the stewards",
      "other-certified-coach": "Certified coach, not a doctor",
    } satisfies Record<Coach["kind"], string>,
    kindOpen: "The stewards note here whether you are a doctor",
    paths: "Coaches on",
    stages: "People who are",
    lived: "Has lived through",
    styles: "Way of working",
    languages: "Languages",
    modalities: "Meets by",
    price: "A session",
    hours: "Usually open",
    hoursHere: (pattern: string) => `${pattern}, your time`,
    employers: "Works at",
    credentials: "Credentials",
    noStory: "The story comes here.",
    noName: "Your name",
    given: "Given away",
    priceFree: (amount: string) => `${amount}, first call free`,
    credential: (granted: string, parts: readonly string[]) => [granted, ...parts].join(", "),
    until: (month: string) => `until ${month}`,
    checked: "checked by the stewards",
    unchecked: "the coach's own word",
    standings: {
      current: null,
      "expires-soon": "runs out soon",
      expired: "has run out",
    } satisfies Record<Standing, string | null>,
    list: (items: readonly string[]) => items.join(" · "),
  },

  desk: {
    title: "Your desk",
    loading: "Opening your desk",
    leads: {
      draft: "Members can't see you yet.",
      submitted:
        "The stewards have been asked to publish you. Until they do, members can't see you.",
      published: "Members can find you and book you.",
      paused: "Members can't find you. What is booked stays booked.",
    } satisfies Record<CoachState, string>,
    returned: "The stewards sent your profile back",
    returnedThen: "Change what they ask for, then ask again.",
    needed: "Still needed",
    wise: "Worth a look",
    notes: {
      "profile-needed": "Your profile: your story, whom you coach, what it costs.",
      "hours-needed": "Your hours: when members can book you.",
      "credential-needed":
        "A credential that still holds, unless you are a doctor: the stewards note that when they publish you.",
      "credential-unchecked":
        "A credential the stewards have not checked. They see it with your profile.",
      "credential-expired": "A credential has run out.",
      "credential-expires-soon": "A credential runs out within three months.",
      "calendar-broken": "A calendar could not be read. What was read before still counts.",
      "calendar-wise": "A calendar, so that nobody books an hour you have already given away.",
    } satisfies Record<DeskNote, string>,
    rooms: "What you set here",
    profile: "Profile and credentials",
    profileMeta: "What members read before they choose you.",
    hours: "Hours",
    hoursMeta: "When you can be booked, and by which rules.",
    calendars: "Calendars",
    calendarsMeta: "Busy times kept free, and an address for your own calendar.",
    sessions: "Next sessions",
  },

  state: {
    title: "Being found",
    busy: "One moment",
    submit: "Ask to be published",
    submitLead: "A steward reads your profile and checks your credentials.",
    takeBack: "Take that back",
    pause: "Pause",
    pauseLead: "When you pause, you leave the directory at once. What is booked stays booked.",
    comeBack: "Come back",
    comeBackLead: "When you come back, you are in the directory as before.",
    unsaved: "You have changes that are not saved yet. What is saved is what the stewards see.",
    profileMissing: "Save your profile first, then ask again.",
    hoursMissing: "Enter your hours first, so that members can book you.",
    notFromHere: "This changed elsewhere in the meantime. Here is how it stands now.",
    told: {
      draft: "Taken back. Members can't see you.",
      submitted: "The stewards have been asked.",
      paused: "Paused. Members can't find you now.",
      published: "You can be found again.",
    } satisfies Record<CoachState, string>,
    undo: "Undo",
  },

  profile: {
    title: "Profile and credentials",
    lead: "Doctors choose the person, not the method. Write as you would to a tired colleague.",
    back: "Your desk",
    loading: "Opening your profile",
    story: "Your story",
    storySection: "Who you are",
    storyHint:
      "A bad stretch of your own, what turned it, what you do with people now. An empty line makes a new paragraph.",
    storyCount: (count: string, most: string) => `${count} of ${most} letters`,
    storyLeft: (count: string) => `${count} letters left`,
    storyOver: (count: string) => `${count} letters too many`,
    whom: "Whom you coach",
    pathsLabel: "On which paths",
    stagesLabel: "At which stages",
    languagesLabel: "In which languages",
    languagesHint: "Those in which you can coach, not only order coffee.",
    openLanguages: "Choose languages",
    pickedNone: "None yet",
    modalitiesLabel: "How you meet",
    where: "Where you come from",
    specialtyLabel: "Your specialty, if you are a doctor",
    noSpecialty: "Rather not say",
    livedLabel: "What you have lived through",
    livedHint: (most: number) =>
      `Only what you are glad to be asked about; members who look for it find you. ${most} at most.`,
    openLived: "Choose from the list",
    stylesLabel: "How you work",
    employersLabel: "Where you work",
    employersHint:
      "One place a line. A member's own device keeps colleagues apart by this; it is on your card.",
    priceSection: "What it costs",
    priceLead: "Enter 0 if you give it away.",
    currency: "Currency",
    amount: "For a session",
    free: "The first call, to see whether you fit, is free",
    preview: "As members see it",
    save: "Save",
    saving: "Saving",
    saved: "Saved. Members see it as soon as you are published.",
    savedPublished: "Saved. Members see it now.",
    isSaved: "All saved",
    unsaved: "Not saved yet; kept on this device",
    restored: "What you typed last time is back. It is not saved yet.",
    discard: "Go back to what is saved",
    discarded: "Back to what is saved.",
    undo: "Undo",
    faultsTitle: "Not saved yet. A few things are missing:",
  },

  fields: {
    story: "Your story",
    paths: "Paths",
    stages: "Stages",
    languages: "Languages",
    modalities: "How you meet",
    specialty: "Specialty",
    livedExperiences: "What you have lived through",
    styles: "How you work",
    price: "Price",
    employers: "Where you work",
  } satisfies Record<ProfileField, string>,

  faults: {
    story: {
      empty: "Members choose by this. A few sentences are enough to begin with.",
      long: "Longer than 2,000 letters. Shorten it a little.",
      text: unkeepable,
      form: unkeepable,
    },
    paths: all("Choose one at least."),
    stages: all("Choose one at least."),
    languages: { ...all("Choose one at least."), long: "Twelve at most." },
    modalities: all("Choose one at least."),
    specialty: all("Choose one from the list."),
    livedExperiences: all("Twelve at most."),
    styles: all("Six at most."),
    price: {
      empty: "A price is needed; 0 if you give it away.",
      long: "That is more than 10,000 a session. Is there a digit too many?",
      text: "Digits only, such as 250 or 250.50.",
      form: "Digits only, such as 250 or 250.50.",
    },
    employers: {
      empty: "Leave it empty or name a place.",
      long: "Twelve places at most.",
      text: unkeepable,
      form: unkeepable,
    },
  } satisfies Record<ProfileField, Record<FaultKind, string>>,
  employerLine: (line: number, kind: FaultKind) =>
    kind === "long"
      ? `Place ${line} is longer than 120 letters.`
      : `Place ${line} holds a character that can't be kept. Type it anew rather than pasting it.`,

  credentials: {
    title: "Credentials",
    lead: "Members see the body, the level and until when. The number goes to the stewards only.",
    empty: "None yet. A doctor may coach without; whoever is not a doctor needs one.",
    add: "Add a credential",
    drop: "Remove",
    dropped: "Removed. It goes when you save.",
    undo: "Undo",
    nth: (nth: number) => `Credential ${nth}`,
    body: "Granted by",
    level: "Level",
    levelOther: "What it is called, and by whom",
    number: "Number",
    hasNoEnd: "It has no end",
    month: "Until the end of",
    monthEmpty: "Month",
    year: "Year",
    yearEmpty: "Year",
    verified: "Checked by the stewards.",
    willBeChecked: "The stewards check it when you save.",
    standings: {
      current: null,
      "expires-soon": "It runs out within three months.",
      expired: "It has run out. Members see that.",
    } satisfies Record<Standing, string | null>,
    most: "Eight at most.",
    faults: {
      level: {
        empty: "Write what it is called.",
        long: "Shorten it to 80 letters.",
        text: unkeepable,
        form: "Choose a level of this body.",
      },
      number: {
        empty: "The stewards need the number to check it.",
        long: "Shorten it to 40 letters.",
        text: unkeepable,
        form: unkeepable,
      },
      expires: {
        empty: "Choose month and year, or say that it has no end.",
        long: "Choose month and year.",
        text: "Choose month and year.",
        form: "Choose month and year.",
      },
    } satisfies Record<"level" | "number" | "expires", Record<FaultKind, string>>,
  },
};

function all(text: string): Record<FaultKind, string> {
  return { empty: text, long: text, text, form: text };
}
