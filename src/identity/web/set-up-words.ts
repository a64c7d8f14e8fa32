/** What the set-up page says. Only whoever started Callroom ever reads it. */
export const words = {
  title: "Make your community",
  lead: "Four answers. Then you join as its first steward.",
  looking: "Looking at the link",

  noToken: "This page opens with the link that the start printed",
  noTokenText:
    "Look at the window in which Callroom was started, and open the whole link from there, with all that follows the # sign.",
  already: "This community has been made",
  alreadyText:
    "Its stewards invite from inside. If none of them can get in any more, the command line has a way back: bin/callroom --help shows it.",
  signIn: "Sign in",
  again: "Look again",

  name: "What the community is called",
  nameHint:
    "As doctors know it: a society, a hospital group, a circle of friends. It can be read without signing in.",
  nameError: "It needs a name.",
  country: "Country",
  countryHint: (withLines: number) =>
    `Decides which crisis lines stand first; everybody can still choose another. We have lines for the first ${withLines} of this list.`,
  countryWithoutLines:
    "We have no crisis lines for this country yet. Until somebody adds them to content/crisis, the crisis page shows where to look for them.",
  pickCountry: "Choose one",
  countryError: "Choose the country most of you work in.",
  floor: "Smallest group a report may show",
  floorHint:
    "A hospital or other sponsor sees answers only of groups, and only of groups at least this large. In a smaller one somebody could be guessed. 8 is the least we allow; it can be raised later, and never lowered while a survey runs.",
  floorSuffix: "people",
  floorError: "A whole number from 8 to 50.",
  sample: "Load the sample community",
  sampleHint:
    "Invented coaches, members and sponsors, marked as such, so that you can look around at once. For trying out, not for a community that real people will join.",
  make: "Make the community",
  making: "Making it",
  makingSample: "Making it and inviting the invented ones; this can take half a minute",

  linkNotValid:
    "This link has been used, or a newer one was printed since. Start Callroom once more and take the link it prints then. Your answers are still here.",
  noAnswer:
    "The server did not answer, so we can't say whether the community was made. Your answers are still here. Send them again: if the link has been used by then, the command line has a way in for its first steward (bin/callroom --help).",
};
