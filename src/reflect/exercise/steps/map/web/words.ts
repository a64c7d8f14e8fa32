/** What a map says, but for its places and levels. */
export const words = {
  open: "not marked",
  picked: (text: string) => `${text}: pick a level`,
  goOn: (text: string) => `Next: ${text}`,
  pickOne: "Tap a name, or its dot on the drawing.",
  said: (text: string, level: string, next: string) => `${text}: ${level}. Now: ${next}.`,
  saidLast: (text: string, level: string) => `${text}: ${level}.`,
};
