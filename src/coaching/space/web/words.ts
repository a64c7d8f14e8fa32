/** What a shared space says. */
export const words = {
  title: (name: string) => `You and ${name}`,
  loading: "Opening the messages",
  empty: "Nothing here yet. Say hello, or what you would like to begin with.",
  write: "Message",
  writeHint: "Sealed on this device before it leaves.",
  send: "Send",
  sending: "Sending",
  waiting: "Not sent yet. It goes when the server can be reached.",
  you: "You",
  cannotOpen: "This message could not be opened.",
  keyTrouble:
    "The key of this space was not made by either of you, or was altered. Don't write here; compare the safety words by another way, and tell a steward.",
  keysChanged: (name: string) =>
    `${name}'s keys are not the ones you knew. That happens when somebody starts over, and also when somebody stands between you. Compare the safety words before you go on.`,
  keysChangedGoOn: "We have compared them",
  safety: "Safety words",
  safetyLead: (name: string) =>
    `Read these aloud to ${name} in your first session. If both of you see the same twelve, nobody stands between you, also not the server.`,
  notFound: "This space isn't here, or isn't yours.",
  tooLong: "That is longer than one message holds. Send it in two.",
  retry: "Try again",
};
