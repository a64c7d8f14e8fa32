/** PHQ-9, PHQ-2, GAD-7, GAD-2 and PHQ-4: items of 0 to 3 with LOINC's codes. PHQ-9's ninth is looked at by itself. */
import {
  allOf,
  ids,
  climbing,
  loinc,
  mostOf,
  remembered,
  seen,
  type Line,
  type Scale,
  type Scorer,
  type ScorerItem,
} from "../scorer.ts";

const VALUES = climbing(0, 3);
const TERMS =
  "Released by Pfizer in 2010: no permission is needed to reproduce, translate or display.";
const WEEKS = "About the last two weeks.";

const items = (codes: readonly string[], prefix = ""): ScorerItem[] =>
  codes.map((code, index) => ({
    id: `${prefix}${index + 1}`,
    names: [loinc(code)],
    values: VALUES,
  }));

const PHQ = [
  "44250-9",
  "44255-8",
  "44259-0",
  "44254-1",
  "44251-7",
  "44258-2",
  "44252-5",
  "44253-3",
  "44260-8",
] as const;
const GAD = ["69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7"] as const;

const total = (id: string, name: string, of: readonly string[]): Omit<Scale, "lines"> => ({
  id,
  name,
  items: of,
  how: "sum",
  missing: of.length > 4 ? mostOf(of) : allOf(of),
  lowest: 0,
  highest: of.length * 3,
  better: "lower",
  noise: null,
});

const positive = (at: number, source = remembered("the manual of the PHQ and GAD-7")): Line => ({
  when: ">=",
  at,
  says: "a positive screening: worth talking over with a doctor",
  source,
});

export const phq9: Scorer = {
  id: "phq-9",
  title: "PHQ-9",
  names: [loinc("44249-1")],
  items: items(PHQ),
  // How hard it all makes things; asked after the nine, and in no score.
  besides: [loinc("69722-7")],
  scales: [
    {
      ...total("total", "Depressive symptoms", ids(...climbing(1, 9))),
      // The ninth is never stood in for: without it there is no total.
      missing: {
        least: 7,
        needed: ["9"],
        source: remembered("the manual: up to two missing; the ninth never, by Callroom's rule"),
      },
      lines: [positive(10)],
      bands: {
        from: [
          [0, "minimal"],
          [5, "mild"],
          [10, "moderate"],
          [15, "moderately severe"],
          [20, "severe"],
        ],
        source: seen("public scoring code, as the manual has it"),
      },
      noise: { sd: 6.1, r: 0.89, source: remembered("primary-care samples; NHS takes 6 points") },
      possibleFrom: { points: 5, source: remembered("the manual") },
    },
  ],
  safety: [{ item: "9", from: 1 }],
  asksAboutDeath: true,
  terms: TERMS,
  notes: [WEEKS],
};

export const phq2: Scorer = {
  id: "phq-2",
  title: "PHQ-2",
  names: [loinc("55757-9")],
  items: items(PHQ.slice(0, 2)),
  scales: [{ ...total("total", "Depressive symptoms", ids(1, 2)), lines: [positive(3)] }],
  terms: TERMS,
  notes: [WEEKS],
};

export const gad7: Scorer = {
  id: "gad-7",
  title: "GAD-7",
  names: [loinc("69737-5")],
  items: items(GAD),
  besides: [loinc("69722-7")],
  scales: [
    {
      ...total("total", "Anxiety symptoms", ids(...climbing(1, 7))),
      lines: [
        positive(10, seen("public scoring code")),
        { ...positive(8), says: "the lower cut-off that is also used" },
      ],
      bands: {
        from: [
          [0, "minimal"],
          [5, "mild"],
          [10, "moderate"],
          [15, "severe"],
        ],
        source: seen("public scoring code"),
      },
      noise: { sd: 4.7, r: 0.92, source: remembered("primary-care samples; NHS takes 4 points") },
      possibleFrom: { points: 4, source: remembered("Toussaint and others 2020") },
    },
  ],
  terms: TERMS,
  notes: [WEEKS],
};

export const gad2: Scorer = {
  id: "gad-2",
  title: "GAD-2",
  names: [],
  items: items(GAD.slice(0, 2)),
  scales: [
    {
      ...total("total", "Anxiety symptoms", ids(1, 2)),
      lines: [positive(3, seen("public scoring code"))],
    },
  ],
  terms: TERMS,
  notes: [WEEKS],
};

const half = (id: string, name: string, of: readonly string[], next: string): Scale => ({
  ...total(id, name, of),
  lines: [
    {
      when: ">=",
      at: 3,
      says: `a positive half: the full ${next} would tell more`,
      source: seen("public routing of the PHQ-4"),
    },
  ],
});

export const phq4: Scorer = {
  id: "phq-4",
  title: "PHQ-4",
  names: [loinc("69724-3")],
  items: [...items(GAD.slice(0, 2), "anxiety-"), ...items(PHQ.slice(0, 2), "low-")],
  scales: [
    {
      ...total("total", "Distress", ["anxiety-1", "anxiety-2", "low-1", "low-2"]),
      lines: [],
      bands: {
        from: [
          [0, "none"],
          [3, "mild"],
          [6, "moderate"],
          [9, "severe"],
        ],
        source: remembered("Kroenke and others 2009"),
      },
    },
    half("anxiety", "Anxiety half", ["anxiety-1", "anxiety-2"], "GAD-7"),
    half("low", "Depression half", ["low-1", "low-2"], "PHQ-9"),
  ],
  terms: TERMS,
  notes: [WEEKS],
};
