/** What stands round content wherever it is shown: sources, and the groups that drivers come in. */
export const words = {
  groups: {
    load: "The load",
    control: "Who decides",
    values: "What you believe in",
    people: "People",
    life: "The rest of your life",
  },
  picked: (count: number, atMost: number) => `${count} of ${atMost} picked`,
  pickedSome: (count: number) => (count === 1 ? "1 picked" : `${count} picked`),
  full: (atMost: number) =>
    `That makes ${atMost}, the most we can work with. Put one back to pick another.`,

  limits: "Limits",
  source: (study: string, year: number) => `${study}, ${year}`,
  people: (n: string) => `${n} people`,
  unknownPeople: "number of people not known to us",
  fromMemory: "Quoted from memory of the literature. Check it before you rely on it.",
};
