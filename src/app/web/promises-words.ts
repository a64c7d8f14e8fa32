/**
 * Each promise with whom it holds against and the command that proves it. A promise that has no proof
 * in proofs/ may not stand here.
 */
export interface PromiseWords {
  /** The name that `npm run prove` knows. */
  readonly proof: string;
  readonly promise: string;
  readonly against: string;
  readonly kept: string;
  readonly proved: string;
}

export const promises: readonly PromiseWords[] = [
  {
    proof: "operator-blind",
    promise: "Nobody but you reads what you write for yourself.",
    against:
      "Your employer. Whoever runs the server. A court that takes the whole database. A thief with the disk or a backup.",
    kept: "Check-ins, plans, wishes and messages are sealed on your device, with a key made there. Your passphrase is never sent, not even scrambled.",
    proved:
      "A browser fills every private field with marked words. Then the database files, backups, logs, mail and captured requests are searched: none may turn up. A marked word in a public coach profile must turn up, or the search itself is broken.",
  },
  {
    proof: "discreet",
    promise: "Nothing reaches a hospital inbox or calendar that a colleague may not see.",
    against: "A colleague beside your screen. The hospital's mail server and shared calendar.",
    kept: "Neutral subjects and sender, a calendar entry that says Hold, a tab that says Callroom, nobody else's name or address in anything.",
    proved:
      "Every letter, calendar entry and page title the program makes is checked against a list of words and names that may not occur.",
  },
  {
    proof: "no-double-booking",
    promise: "Two people never get the same hour, and what was confirmed stays.",
    against: "Haste, bad luck, and three servers answering at once.",
    kept: "The rule lies in the database itself, not in the hope that nobody else is quick.",
    proved:
      "A thousand people try for the same hour in the same moment, through three servers. Exactly one gets it.",
  },
  {
    proof: "kill-nine",
    promise: "What was saved survives.",
    against: "Power cuts, crashes, a pulled plug.",
    kept: "“Saved” is only said once it lies on the disk.",
    proved:
      "The server and its database are killed in the middle of writing, fifty times. Everything that was acknowledged is there, and it all starts again by itself.",
  },
  {
    proof: "restore",
    promise: "A backup restores.",
    against: "A dead disk, a lost machine, a mistake.",
    kept: "One command to back up while running, one to restore to an empty place.",
    proved:
      "Everything is wiped and restored from the backup. All of it must open with the old passphrase.",
  },
  {
    proof: "deleted",
    promise: "Deleted is gone.",
    against: "Anyone who looks later, with everything the server holds.",
    kept: "Your keys are destroyed and your rows removed. Older backups keep sealed copies until they expire; restoring one deletes you again.",
    proved:
      "After a deletion no row, file or log line may carry the account's number, its address or anything it had sealed.",
  },
  {
    proof: "unlinkable",
    promise: "Nobody can tell which doctor is behind a pseudonym.",
    against:
      "Your employer. Whoever runs the server, a court or a thief, with one copy of everything it keeps, logs and backups too, taken after a night.",
    kept: "Your badge is signed blindly. No row says who said something, or when. Every night both databases are written anew in an order that nobody knows. What you do without a name leads to nothing that is written under your name.",
    proved:
      "Two hundred invented doctors live four weeks. A script with every file tries order, time, amount, keys and ids, and may name no more of them than guessing does. Where the same things are left to lie as they fell, it must name most.",
  },
  {
    proof: "one-voice",
    promise: "One doctor, one voice.",
    against: "Trolls, bots, and doctors who would like to be two.",
    kept: "A pass is spent together with what it is spent on. What was spent is known, by whom it isn't.",
    proved:
      "One badge is shown a thousand times at once, forged, copied, out of its days and for another purpose. Exactly one counts.",
  },
  {
    proof: "honest-report",
    promise: "A report of abuse is true or it is refused.",
    against: "Somebody who would like to make another look guilty.",
    kept: "Every message carries its sender's seal on its words, and the server's stamp on that seal.",
    proved:
      "Messages are altered, moved to another circle, blamed on others. None of it passes; what was really said opens for the stewards alone.",
  },
  {
    proof: "hostile-input",
    promise: "Nonsense does no harm.",
    against: "Bots, trolls, and honest typing errors.",
    kept: "Every address of the server says what it accepts, how much of it, and how long it waits.",
    proved:
      "A hundred thousand malformed requests go to every address there is: no crash, no error of ours, no growth.",
  },
];

export const words = {
  title: "What we promise, and how you can check",
  lead: "A promise without a command behind it is not made here. Each command starts the real program, attacks it from outside, and says whether the promise held. Each also plants something that must be caught: a test that cannot fail proves nothing.",
  how: "To run one yourself, get the source and type its line. To run them all:",
  allCommand: "npm run prove",
  command: (proof: string) => `npm run prove -- ${proof}`,
  against: "Holds against",
  kept: "Kept by",
  proved: "What the command does",
  commandTerm: "The command",
  back: "Callroom",

  limits: {
    title: "The limits, said aloud",
    items: [
      {
        title: "The page comes from the server",
        text: "A web app is handed to you by whoever runs it. An operator who turns malicious could serve altered code that steals keys. We make that hard and visible: strict rules on which code may run, a fingerprint on every file, nothing from third parties. We cannot make it impossible.",
      },
      {
        title: "Your network sees that you visit",
        text: "Not what you read or write, but that you are here, and when. That includes the hospital's Wi-Fi. If it matters, use your own connection.",
      },
      {
        title: "A small community is a small crowd",
        text: "Among ten members, “a verified doctor” is easy to guess. Callroom tells you how large the crowd is before you speak as one of it.",
      },
      {
        title: "A namelessness of whole days",
        text: "Until the night, the databases still show the order in which the day's things were written. Whoever copies them every day sees on which days something was written for you, and on which days something happened in a circle: in the long run that narrows down who may sit there. And whoever watches the running server sees addresses come and go.",
      },
      {
        title: "Bookings carry your name",
        text: "That you met a coach is on record here and can be demanded by a court. What you said to each other cannot: the server does not have it.",
      },
      {
        title: "Coaching notes usually have no legal privilege",
        text: "A coach is not your clinician, and one who holds a licence may have duties to act. You are shown this before the first session.",
      },
      {
        title: "Lose both keys and the words are lost",
        text: "Without your passphrase and without your recovery sheet, nobody can open what you wrote. Nobody includes us.",
      },
    ],
  },
};
