/** What the circles' home says: what circles are, waiting for one, and why it is this one. */
export const words = {
  title: "Circles",
  lead: "Six to eight doctors who share something, an hour they are all free, and no names. The same people, for months.",
  loading: "Looking where you are",
  retry: "Try again",
  stale: "This is how it was when we last looked.",

  about: {
    title: "How it works",
    steps: [
      "You say what it is about, and when you are free. A doctor says it, not you: nobody can tell which.",
      "Every night, whoever waits is put together by the hour, the themes and the stage you share.",
      "You write to each other here. All of you are verified doctors; nobody knows whose name is behind which.",
    ],
    crowd: "How nameless that is",
  },

  notVerified: {
    title: "Circles are for verified doctors",
    text: "A circle works because everybody in it is one. Once you are verified, you get a pass that says so, and doesn't say who you are.",
    action: "Get verified",
  },
  noPass: {
    title: "Your pass is on its way",
    text: "Passes are fetched by themselves whenever you sign in, and count from the first day of the next month, so that nobody stands out by when they came.",
    action: "Look at your passes",
  },
  trouble: {
    title: "The list of pass keys doesn't add up",
    text: "What the two sides of this server say about their keys doesn't fit together, or doesn't go on from what your devices saw before. Until that is cleared up, nothing is asked for and nothing is shown.",
    action: "Look at your passes",
  },
  unread: {
    title: "Your passes can't be looked up right now",
    text: "They come when the server can be reached. Nothing is lost.",
  },
  later: {
    title: (day: string) => `Your pass counts from ${day}`,
    text: "All passes of a month count from its first day. So whoever comes with one is one of all who hold one, and not one of those who came by that day. You can wait for a circle from then on.",
  },
  crowd: {
    held: (holders: number) =>
      holders === 1
        ? "You are the only verified doctor who holds this month's pass so far."
        : `You are one of ${holders} verified doctors who hold this month's pass.`,
    closed: (most: number) =>
      `Circles open once ${most} do: among fewer, a pseudonym would be one of a handful.`,
    unknown: "How many hold this month's pass can't be looked up right now.",
    word: "The number is the word of whoever runs this server.",
  },
  refused: {
    PassRefused:
      "The server did not take your pass. It may have ended meanwhile; sign in anew, and look at your passes.",
    CrowdTooSmall:
      "Too few doctors hold passes of this month for you to be hidden among them. With the next quarter's pass, which everybody gets and your device fetches by itself, you can begin.",
    Removed:
      "The stewards have taken this pseudonym out of its circle. That lasts until the quarter ends; then you get a new one.",
  } as Readonly<Record<string, string>>,

  form: {
    title: "Wait for a circle",
    change: "Change what you wait for",
    themes: "What should it be about?",
    themesHint: "One to three. Only what several doctors are likely to choose.",
    themesError: "Choose at least one.",
    stage: "Where are you on the way?",
    stageError: "Choose the one that comes closest.",
    stages: [
      "Medical student",
      "Resident or fellow",
      "Attending or consultant",
      "Leading others",
      "Nearing retirement",
    ],
    hours: "When could you meet?",
    hoursHint: (zone: string) =>
      `Up to six hours a week, on your clock (${zone}). The more you give, the sooner a circle is found.`,
    hoursError: "Choose at least one hour.",
    hoursChosen: (count: number, most: number) => `${count} of ${most} chosen`,
    language: "Which language?",
    employer: "Not with anybody from my employer",
    employerHint:
      "This reveals something. From the name of your employer your device makes a mark that is the same for everybody there, and sends the mark alone. But whoever runs this server can make the mark of every employer there is and compare. It is destroyed when you are seated.",
    employerName: "Your employer's name",
    employerNameHint: "As most people write it. It stays on this device; only the mark is sent.",
    employerError: "Without a name there is nothing to compare.",
    norms: "What everybody agrees to",
    normsAccept: "I'll keep to this.",
    normsError: "Circles only work if everybody does.",
    send: "Wait for a circle",
    sendChange: "Save the change",
    sending: "One moment",
    cancel: "Leave it as it is",
    errors: "Not quite yet",
    Seated: "You sit in a circle already. Look again.",
    BadgeEnded: "This pass can begin nothing new any more. The next one can.",
  },

  waiting: {
    title: "You are waiting for a circle",
    lead: "Circles are formed every night. Come back tomorrow, or whenever you like: nothing is sent to you, since nobody knows who to send it to.",
    people: (count: number) =>
      count === 1
        ? "Only you are waiting so far."
        : `${count} doctors are waiting, you among them.`,
    forming: "Circles are being formed right now",
    lacksStewards:
      "No circle opens yet: until two stewards hold the stewards' key, one of them would have to answer a report alone. Your place is kept.",
    until: (day: string) => `This pass can begin a circle until ${day}.`,
    themes: "About",
    hours: "Free",
    stage: "Stage",
    language: "Language",
    employer: "Employer",
    avoids: "Nobody from mine",
    change: "Change it",
    stop: "Stop waiting",
    stopped: "You don't wait any more.",
    undo: "Wait on",
  },

  letter: {
    text: "Nobody can remind you by mail of what nobody knows. What there is: a letter on Mondays, the same to everybody who asks for it, in a circle or not.",
    link: "The letter on Mondays",
  },

  next: {
    title: "You have left your circle",
    asking: "Asking for your next pass",
    held: (day: string, fewest: number) =>
      `Your next pass is here. It counts from ${day}, under a new name that nobody can tie to the one you left. From then on you can wait for another circle; if fewer than ${fewest} doctors get a pass that month, from the next quarter on.`,
    refused: {
      Offline:
        "Your next pass can't be asked for right now. It is asked for again by itself, whenever you come by.",
      NextQuarter:
        "In the last month of a quarter no pass is replaced: the next quarter's is everybody's own. Come back when the quarter has begun, and you can begin anew.",
      NotIssuing:
        "No passes of the coming month are given out right now, as after this server was brought back from a backup. It is asked for again whenever you come by.",
      AnotherRequest:
        "A pass was given out in place of this one already, and none of your devices has it. You can begin anew with the next quarter's.",
      NotLeft:
        "Only who leaves of their own accord gets another pass in the same quarter. You can begin anew with the next quarter's.",
    } as Readonly<Record<string, string>>,
  },

  seat: {
    title: "Your circle",
    open: "Go in",
    why: "Why this circle",
    hour: (count: number) =>
      count === 1
        ? "There is one hour that all of you are free."
        : `There are ${count} hours that all of you are free.`,
    meets: (when: string) => `The circle meets on ${when}.`,
    theme: (name: string, others: number) =>
      others === 1 ? `${name}: one other chose it too.` : `${name}: ${others} others chose it too.`,
    stage: (near: number, others: number) =>
      near === 0
        ? "The others are at other stages than you."
        : near === others
          ? "All of them are at your stage, or next to it."
          : `${near} of ${others} are at your stage, or next to it.`,
    until: (day: string) =>
      `Your pass keeps this seat until ${day}. The next one is fetched by itself and keeps it on.`,
    merged: "Two small circles became this one.",
    about: (themes: string) => `They were about: ${themes}.`,
    take: "Take the seat",
    standing: {
      paused: "You take part a little less for now. The others see that.",
      offered:
        "A circle that has hardly begun has a seat for you. It is kept for a week. Leave it, and you can wait for another.",
      lapsed:
        "Your pass had ended before the next one came. With the new one your seat is yours again.",
    } as Readonly<Record<string, string>>,
    ended: {
      removed:
        "The stewards have taken this pseudonym out of its circle. That lasts until the quarter ends.",
    } as Readonly<Record<string, string>>,
  },
};
