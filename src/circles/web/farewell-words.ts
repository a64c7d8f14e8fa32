/** What is asked about the circle before an account goes. */
export const words = {
  looking: "Looking what of yours is in a circle",
  title: "Your words in your circle",
  titleWaiting: "You are waiting for a circle",
  room: (count: number) =>
    count === 0
      ? "You have a seat in a circle, and none of your words stand there."
      : count === 1
        ? "One message of yours stands in your circle."
        : `${count} messages of yours stand in your circle.`,
  why: "They hang on your pseudonym and not on your account, so deleting the account leaves them where they are. Only you can take them back, and only as long as this account's keys exist. Afterwards nobody can, ourselves included.",
  whySeat:
    "The seat hangs on your pseudonym and not on your account. Unless you leave it, the others see somebody who never comes until your pass ends.",
  limits:
    "Whoever has read them has read them. What would prove a report about them true is kept for five months; not a word of them is.",
  day: "Somebody who compares copies of both databases can see which pseudonym left on the day an account went. If that matters to you, take them back now and delete the account some days later.",
  waiting:
    "Your place in the pool hangs on your pseudonym and not on your account. If you don't stop waiting, a circle may be formed around somebody who never comes.",
  take: "Take my words back and leave the circle",
  leave: "Leave the circle",
  stop: "Stop waiting",
  keep: "Leave it as it is",
  goOn: "Go on without",
  taking: (taken: number, of: number) => `${taken} of ${of} taken back`,
  leaving: "Leaving the circle",
  done: "That is done. You can delete your account now or on another day.",
  doneGoOn: "Go on and delete the account",
  doneStay: "Not today",
  stopped: (taken: number, of: number) =>
    taken === of
      ? "Your words are taken back, and your seat isn't left yet."
      : `${taken} of ${of} are taken back. The rest still stands.`,
  unknown:
    "Whether anything of yours stands in a circle can't be looked up right now. Go on, and it stays.",
  retry: "Try again",
};
