/** What the stewards' screen of reports says. */
import type { ReportDecision } from "../judging.ts";

export const words = {
  title: "Reports from circles",
  lead: "Reports come sealed. Only stewards' browsers open them, and they show pseudonyms, never who somebody is.",
  back: { href: "/stewardship", text: "Stewardship" },
  loading: "Reports are being fetched",
  waiting: (count: number | "asking" | "unknown"): string => {
    if (count === "asking") return "Looking…";
    if (count === "unknown") return "Could not be looked up.";
    return count === 0 ? "None waits." : count === 1 ? "One waits." : `${count} wait.`;
  },
  list: "Waiting for a decision",
  empty: "No report waits.",
  noKey:
    "Your browser doesn't hold the stewards' key yet. On the key's page it can be made, or another steward can admit you.",
  toKey: "To the stewards' key",
  report: (number: number) => `Report ${number}`,
  open: "Open",
  opening: "Opening and checking…",
  couldNotBeOpened:
    "This report is sealed to a key that your browser doesn't hold. A steward who has been here longer can open it.",
  notTrue:
    "Something in this report was altered. What it shows was not said like that, so none of it is shown.",
  isTrue:
    "Checked: these words were said in this circle, by these pseudonyms. The times are those of their devices' clocks.",
  isUnsure:
    "Not all of it can be checked any more. What is marked so below may or may not have been said.",
  note: "From whoever reported",
  writer: (number: number) => `Pseudonym ${number}`,
  context: "shown so that the rest can be understood",
  takenIn: (month: string) => `by the server's clock in ${month}`,
  unsure: { wrong: "not as the server took it in", gone: "too long ago to be checked" },
  said: {
    reaction: "A reaction.",
    delete: "Took a message back.",
  },
  decide: "Decide",
  decisions: {
    dismissed: "Nothing has to be done",
    warned: "Warn",
    removed: "Take the seat away",
    closed: "End the circle",
  } satisfies Record<ReportDecision, string>,
  notes: {
    dismissed: "The report is destroyed. Nobody is told.",
    warned: "The pseudonym is told that stewards read a report and warn it. It keeps its seat.",
    removed:
      "The pseudonym loses its seat and reads nothing that is said from then on. Its doctor gets no other until the quarter ends.",
    closed: "Nobody can write there any more. All members can wait for another circle.",
  } satisfies Record<ReportDecision, string>,
  decision: "What should happen",
  whom: "Whom it concerns",
  chooseDecision: "Choose what should happen.",
  chooseWhom: "Choose whom it concerns.",
  send: "Sign and carry out",
  sending: "Signing…",
  done: "Done. It stands in the log that all members can read.",
  decided: "Another steward has decided about this report meanwhile.",
  moved: "The stewards' key was made anew meanwhile. Open the key's page once, then decide again.",
  notAMember: "That pseudonym isn't in the circle any more.",
  signs:
    "A decision is signed with the stewards' key. It stands in the public log without any name.",
} as const;
