/**
 * Columbia screener: a triage by single answers and never a sum. Any yes opens the crisis panel, and an answer
 * that is missing is never stood in for.
 */
import { loinc, seen, type Finding, type Given, type Scorer } from "../scorer.ts";

const SOURCE = seen("published triage of the screener");
const CODES = [
  ["1", "93246-7"],
  ["2", "93247-5"],
  ["3", "93248-3"],
  ["4", "93249-1"],
  ["5", "93250-9"],
  ["6", "93267-3"],
  ["6-recent", "93269-9"],
] as const;

export const cssrs: Scorer = {
  id: "c-ssrs-screener",
  title: "C-SSRS screener",
  names: [loinc("93373-9")],
  items: CODES.map(([id, code]) => ({ id, names: [loinc(code)], values: [0, 1] })),
  scales: [],
  findings: triage,
  safety: CODES.map(([item]) => ({ item, from: 1 })),
  asksAboutDeath: true,
  branches: true,
  protocol:
    "This asks about suicide. Before it is added, the community needs a response protocol: who answers, when, and what is done, told to members before the first question. Without one it stays out.",
  terms:
    "Free, and registered with the Columbia Lighthouse Project. The wording may not be altered and its notice stays; some settings need training.",
  notes: [
    "It is made to be asked by somebody who can act on the answer. Nobody is told of what you answer here.",
  ],
};

function triage({ points }: Given): readonly Finding[] {
  const yes = (item: string) => points(item) === 1;
  const level = (name: string): Finding[] => [
    { says: `By the screener's triage: ${name}.`, source: SOURCE },
  ];
  if (yes("4") || yes("5") || (yes("6") && yes("6-recent"))) return level("high");
  const due = [
    "1",
    "2",
    "6",
    ...(yes("2") ? ["3", "4", "5"] : []),
    ...(yes("6") ? ["6-recent"] : []),
  ];
  if (due.some((item) => points(item) === null)) return [];
  if (yes("3") || yes("6")) return level("moderate");
  return yes("1") || yes("2") ? level("low") : level("no sign in these answers");
}
