/** What the landing page says further down. It claims nothing that no command proves (promises-words.ts). */
export const words = {
  third: {
    title: "There is a third path",
    lead: "Running on empty, you know two choices: grind on, or walk away. There is a third. Name what is wrong, talk to a doctor who has been there, change one small thing, look, adjust.",
    steps: [
      {
        title: "Name it",
        text: "A check-in of under three minutes. It tells you what is draining you, never how good you are, and says plainly when a change is only noise.",
      },
      {
        title: "Find your path",
        text: "Mark what weighs on you and what you want. Four paths are ranked on your device, with reasons in your own terms. None is hidden.",
      },
      {
        title: "Meet a doctor who has been there",
        text: "Matching happens on your device: the server never learns what you looked for, nor whom you asked to avoid. You get three coaches, and why.",
      },
      {
        title: "Take one hour",
        text: "Times in your own zone, held while you decide, confirmed once. In your calendar it says Hold, and nothing else.",
      },
    ],
  },

  proofs: {
    title: "Promises with a command behind them",
    lead: "You have heard confidential before. Here each promise has a test that anyone can run, and every test must also catch something planted, or it does not count.",
    all: "All promises, and whom they hold against",
  },

  limits: {
    title: "What we cannot promise",
    lead: "A web page comes from whoever serves it: an operator who turns malicious could serve a different one. Whoever runs your network sees that you visit. Coaching notes usually have no legal privilege.",
    link: "The limits, in full",
  },

  not: {
    title: "What it is not",
    items: [
      "Not therapy, and not a diagnosis. You are a client here, never a patient.",
      "Not a health record, and not part of HR.",
      "No recording, nobody and nothing listening in, no advertising, no third party's code.",
      "No telling you to be tougher.",
    ],
    crisis: "If it is more than that today",
    crisisText:
      "The crisis lines open without signing in and without a connection. Nobody is told that you looked.",
    crisisLink: "Crisis lines",
  },

  who: {
    title: "Who runs it",
    text: "Callroom is free software. A medical society, a residency programme, a neutral ombuds office or a few friends can run their own. Leave your employer and nothing here changes: it was never theirs.",
  },
};
