/** What stands beside the crisis lines. The lines themselves are content, so that a clinician can change them. */
export const words = {
  title: "Crisis lines",
  lead: "Nobody is told that you looked. This page also opens without a connection.",
  country: "Country",
  elsewhere: "Another country",
  fallback: (country: string) =>
    `We know no lines for ${country} yet. These two work in many countries; if they don't, use the number you would give a patient.`,
  fallbackElsewhere:
    "These two work in many countries. If they don't, use the number you would give a patient.",
  kinds: {
    emergency: "In danger now",
    anyone: "To talk to somebody",
    doctors: "Doctors who listen to doctors",
  },
  doctorsLead:
    "Apart from any employer. Before you say more than you want to, you may ask what they keep.",
  call: (number: string) => `Call ${number}`,
  text: (number: string) => `Text ${number}`,
  textWord: (word: string, number: string) => `Text ${word} to ${number}`,
  waysOf: (name: string) => `Ways to reach ${name}`,
  checked: (day: string) => `Checked ${day}`,
  print: "Print as a card",
  back: "Back",
  also: "If you can't call: go to the nearest emergency department, or ask one person to stay with you.",

  panel: {
    title: "You need not carry this alone",
    lead: "What you put down can mean that you don't want to live, or are close to it. If so, please talk to somebody today. If we read it wrong, go on as if this were not here.",
    /** Where nothing was put down yet. */
    beforehand:
      "If it is so dark that you don't want to live, or close to it, please talk to somebody today, before anything else on this page.",
    untold: "Nobody has been told, and nobody will be unless you do it.",
    all: "All lines, also for other countries",
    opened: "Lines that you can call are now shown on this page. Nobody has been told.",
  },
  hint: {
    text: "If it is darker than tired today:",
    link: "crisis lines",
  },
};
