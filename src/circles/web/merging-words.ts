/** What is said about two small circles that become one. */
export const words = {
  offer: {
    title: "You have become few",
    text: "Two small circles can become one, if everybody in both agrees.",
    agreed: (agreed: number, members: number) =>
      agreed === 0
        ? ""
        : agreed === 1
          ? `1 of ${members} agrees so far.`
          : `${agreed} of ${members} agree so far.`,
    open: "What that would mean",
  },
  own: {
    title: "You agree to become one with another circle",
    waiting: (agreed: number, members: number) =>
      agreed === 1
        ? `You are the first of ${members}. Nothing happens until all of you do.`
        : `So far ${agreed} of ${members} do. Nothing happens until all of you do.`,
    all: "All of you do. Every night a second small circle is looked for, with an hour that suits everybody. Until one is found you can take it back.",
    noHour:
      "If nothing comes of it: the hours that each of you gave may have none in common. Talk about it in the thread.",
    alone:
      "For two weeks there has been no second circle that fits. You can wait on. Or each of you can be seated anew one by one: “People and your seat” has “Not for me, seat me again”.",
    change: "Change the hours",
    takeBack: "Take it back",
  },
  dialog: {
    title: "Become one with another circle",
    means: [
      "Your circle and another small one become a new one of five to eight, in the same language, if there is an hour that all of you can. As far as can be, it is about what both are about.",
      "It begins anew: new names for all, a new key, perhaps another hour. What you accepted on entering holds on, and where one of the two had closed to newcomers, the new one is closed.",
      "This thread ends for all of you. Nobody can read it afterwards, and nothing in it can be reported any more. Report first what should be; while the stewards have a report before them, nothing happens.",
      "The others learn how many agree, not who. It happens in some night after all of you have, and you can take it back until then. When somebody leaves or comes in, everybody is asked anew.",
      "Who sits with you now comes along. They may know you again by what you say, and a device that was tampered with could tell by your pseudonym's key, which stays.",
    ],
    two: "There are two of you: here the number says it all.",
    wish: "Such a wish can only be kept towards others who have it too.",
    hoursError: "Choose at least one hour.",
    errors: "Not quite yet",
    agree: "I agree",
    change: "Save the change",
    sending: "One moment",
    cancel: "Not now",
    NoSeat: "You have no seat in this circle any more. Look again.",
    CannotMerge: "This circle can't become one with another now. Look again.",
    BadgeEnded:
      "Your pass can begin nothing new any more. Come back when the next one is there; it is fetched by itself.",
  },
  merged: {
    title: "Your circle has become one with another",
    text: "All of both had agreed. You have new names, a new key, and perhaps another hour. The old thread has ended for everybody.",
    lapsed:
      "It did so while your pass had ended, so you have no seat in it. You can wait for a circle anew.",
    ifNot: "If you agreed to it on none of your devices, tell a steward, from your account.",
    read: "Good to know",
    go: "To the circles",
  },
};
