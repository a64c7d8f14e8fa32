/** What a card sort says, but for its cards and piles. */
export const words = {
  left: (count: number) => (count === 1 ? "The last card" : `${count} cards left`),
  none: "No card left. Look at the piles, or go on.",
  leaveOut: "Leave it out",
  back: "Back to the last card",
  pile: (text: string, count: number) => `${text} (${count})`,
  piles: "The piles",
  show: "See the piles",
  hide: "Hide the piles",
  leftOut: "Left out",
  empty: "No card here yet.",
  deck: "Not laid yet",
  remove: (text: string) => `Take my card away: ${text}`,
  keys: (count: number) => `Keys 1 to ${count} lay the card down, 0 leaves it out.`,
  moved: (text: string, pile: string) => `${text}: ${pile}.`,
  added: (text: string) => `${text}: added to the cards.`,
  removed: (text: string) => `${text}: taken away.`,
};
