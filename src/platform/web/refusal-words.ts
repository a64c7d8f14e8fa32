/** Sentences for the refusals that any request may meet: what happened, that what was typed is safe, what to do. */
const WORDS: Readonly<Record<string, string>> = {
  Offline:
    "The server can't be reached right now. What you typed is still here; try again in a moment.",
  TooMany: "That was tried often in a short time. Wait a minute, then try again; nothing is lost.",
  NotSignedIn: "You have been signed out. Sign in again; what you typed stays on this device.",
  NotFound: "That isn't here, or it isn't yours to see.",
  TooLarge: "That is more than one entry can hold. Shorten it a little; nothing is lost.",
  BadInput: "Something in the form isn't in a shape we can take. Look it over once more.",
  Closing: "The server is restarting. Try again in a moment; what you typed is still here.",
  TicketExpired:
    "This took longer than we keep a half-finished step. Start it again; nothing was changed.",
};

export function refusalToWords(refusal: {
  readonly type: string;
  readonly detail?: Readonly<Record<string, string | number>> | undefined;
}): string {
  const known = WORDS[refusal.type];
  if (known !== undefined) return known;
  const incident = refusal.detail?.["incident"];
  return incident === undefined
    ? "Something went wrong on our side. What you typed is still here; try again in a moment."
    : `Something went wrong on our side. What you typed is still here. If it goes on, tell a steward the number ${incident}.`;
}
