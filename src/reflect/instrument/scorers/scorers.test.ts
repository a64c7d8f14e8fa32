import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answersOf, instrumentOf } from "../../../../tests/instrument-files.ts";
import { callsForCare, findingsOf, scoreAnswers } from "../instrument-score.ts";
import { ownName, type Scorer } from "../scorer.ts";
import { SCORERS } from "./all.ts";
import { slowScores } from "../../../../tests/slow-scoring.ts";

const scorerNamed = (id: string): Scorer => SCORERS.find((scorer) => scorer.id === id)!;

interface Scored {
  /** By scale. */
  readonly scores: Readonly<Record<string, number | null>>;
  readonly findings: readonly string[];
  readonly care: boolean;
}

function scored(id: string, values: readonly (number | null | undefined)[]): Scored {
  const scorer = scorerNamed(id);
  const result = scoreAnswers(instrumentOf(scorer), answersOf(scorer, values));
  if (!result.ok) throw new Error(result.refusal.type);
  return {
    scores: Object.fromEntries(result.value.scales.map(({ scale, score }) => [scale, score])),
    findings: findingsOf(scorer, result.value).map(({ says }) => says),
    care: callsForCare(scorer, result.value),
  };
}
const all = (count: number, value: number) => Array.from({ length: count }, () => value);
const lines = (id: string, scale: string) =>
  scorerNamed(id).scales.find((one) => one.id === scale)!.lines;

describe("vectors of the literature", () => {
  test("CBI: always, also to having energy, is 85.71 at work", () => {
    const { personal, work, client } = scored("cbi", all(19, 100)).scores;
    expect(work).toBeCloseTo(600 / 7, 10);
    expect([personal, client]).toEqual([100, 100]);
  });
  test("CBI: the middle everywhere is 50, and two of six answers are too few", () => {
    expect(scored("cbi", all(19, 50))).toMatchObject({
      scores: { personal: 50, work: 50, client: 50 },
    });
    expect(scored("cbi", [100, 75])).toMatchObject({
      scores: { personal: null, work: null, client: null },
    });
    expect(scored("cbi", [100, 75, 50])).toMatchObject({ scores: { personal: 75 } });
    const three = [...all(6, 0), 100, 100, 100];
    expect(scored("cbi", three)).toMatchObject({ scores: { work: null } });
    expect(scored("cbi", [...three, 100])).toMatchObject({ scores: { work: 100 } });
  });
  test("OLBI: strong agreement with everything lies in the middle of neither scale by chance", () => {
    // Four of eight items of each are turned round: 4 x 1 + 4 x 4 = 20 of 32.
    expect(scored("olbi", all(16, 1))).toMatchObject({
      scores: { disengagement: 2.5, exhaustion: 2.5 },
    });
    const most = [1, 4, 4, 4, 1, 4, 1, 4, 4, 1, 4, 4, 1, 1, 1, 1];
    expect(scored("olbi", most)).toMatchObject({
      scores: { disengagement: 1, exhaustion: 1 },
      findings: [],
    });
    const worst = most.map((value) => 5 - value);
    expect(scored("olbi", worst)).toMatchObject({ scores: { disengagement: 4, exhaustion: 4 } });
    expect(scored("olbi", worst).findings).toHaveLength(1);
  });
  test("PFI: burnout is the mean of ten items, and 1.33 is a line between 13 and 14", () => {
    const with13 = [...all(6, 3), ...all(3, 4), 1, ...all(6, 0)];
    expect(scored("pfi", with13)).toMatchObject({
      scores: { burnout: 1.3, exhaustion: 3.25, fulfilment: 3 },
    });
    expect(scored("pfi", [...all(6, 4), ...all(3, 4), 2, ...all(6, 0)])).toMatchObject({
      scores: {
        burnout: 1.4,
        // Not the mean of the two means, which would be 1.75.
        exhaustion: 3.5,
        disengagement: 0,
      },
    });
    const [line] = lines("pfi", "burnout");
    expect(line).toMatchObject({ when: ">=", at: 1.33 });
    expect(lines("pfi", "fulfilment")).toEqual([]);
  });
  test("the single item counts from 3, and its last answer opens the panel", () => {
    expect(lines("single-item-burnout", "burnout")[0]).toMatchObject({ when: ">=", at: 3 });
    expect(scored("single-item-burnout", [4])).toMatchObject({
      scores: { burnout: 4 },
      care: false,
    });
    expect(scored("single-item-burnout", [5])).toMatchObject({
      scores: { burnout: 5 },
      care: true,
    });
  });
  test("Mini-Z 2.0: the burnout item runs the other way, and adds up unturned", () => {
    expect(scored("mini-z-2", all(10, 4))).toMatchObject({
      scores: { joy: 40, support: 20, pace: 20 },
    });
    expect(scored("mini-z-2", [5, 1, ...all(8, 5)])).toMatchObject({
      scores: { joy: 46, support: 21, "burnout-item": 1 },
      care: true,
    });
    expect(lines("mini-z-2", "burnout-item")[0]).toMatchObject({ when: "<=", at: 3 });
  });
  test("MBI: three scales, no total, and either of two makes it burnout", () => {
    expect(scored("mbi-hss", all(22, 6))).toMatchObject({ scores: { ee: 54, dp: 30, pa: 48 } });
    const only = (items: readonly number[], value: number) =>
      all(22, 0).map((zero, index) => (items.includes(index + 1) ? value : zero));
    expect(scored("mbi-hss", only([1, 2, 3, 6, 8, 13, 14, 16, 20], 3))).toMatchObject({
      scores: { ee: 27 },
    });
    expect(scored("mbi-hss", only([5, 10, 11, 15, 22], 2)).findings).toHaveLength(1);
    expect(scored("mbi-hss", only([4, 7, 9, 12, 17, 18, 19, 21], 6))).toMatchObject({
      scores: { ee: 0, dp: 0, pa: 48 },
      findings: [],
    });
  });
  test("WBI: meaning and time take a point or add one, from -2 to 9", () => {
    expect(scored("wbi-9", [...all(7, 0), 7, 5])).toMatchObject({ scores: { total: -2 } });
    expect(scored("wbi-9", [...all(7, 1), 1, 1])).toMatchObject({ scores: { total: 9 } });
    expect(scored("wbi-9", [...all(7, 1), 4, 3])).toMatchObject({ scores: { total: 7 } });
    expect(scored("wbi-9", [...all(7, 1), 6, 4])).toMatchObject({ scores: { total: 5 } });
    expect(scored("wbi-9", [...all(7, 1), 6])).toMatchObject({ scores: { total: null } });
    expect(scored("wbi-7", all(7, 1))).toMatchObject({ scores: { total: 7 } });
  });
  test("BAT: 23 and 12 items, and no cut-off, as none was checked", () => {
    expect(scorerNamed("bat-23").items).toHaveLength(23);
    expect(scorerNamed("bat-12").items).toHaveLength(12);
    expect(scored("bat-12", [5, 5, 5, ...all(9, 1)])).toMatchObject({
      scores: { total: 2, exhaustion: 5 },
    });
    for (const id of ["bat-12", "bat-23"])
      for (const scale of scorerNamed(id).scales) expect(scale.lines).toEqual([]);
  });
  test("WHO-5: five times three is 60, and one low answer is told", () => {
    expect(scored("who-5", all(5, 3))).toMatchObject({
      scores: { "well-being": 60 },
      findings: [],
    });
    expect(scored("who-5", [5, 5, 5, 5, 1]).findings).toHaveLength(1);
    expect(lines("who-5", "well-being").map(({ when, at }) => `${when}${at}`)).toEqual([
      "<52",
      "<=28",
    ]);
  });
  test("PHQ-9: bands, two missing are stood in for, the ninth never", () => {
    expect(scored("phq-9", all(9, 3))).toMatchObject({ scores: { total: 27 }, care: true });
    expect(scored("phq-9", [...all(7, 2), null, 0])).toMatchObject({
      scores: { total: 15.75 },
      care: false,
    });
    expect(scored("phq-9", [...all(6, 2), null, null, 0])).toMatchObject({
      scores: { total: (12 / 7) * 9 },
    });
    expect(scored("phq-9", [...all(5, 2), null, null, null, 0])).toMatchObject({
      scores: { total: null },
    });
    expect(scored("phq-9", [...all(8, 2), null])).toMatchObject({ scores: { total: null } });
    expect(scorerNamed("phq-9").scales[0]!.bands!.from.map(([from]) => from)).toEqual([
      0, 5, 10, 15, 20,
    ]);
  });
  test("PHQ-2, GAD-2, GAD-7 and PHQ-4 add up", () => {
    expect(scored("phq-2", [3, 0])).toMatchObject({ scores: { total: 3 } });
    expect(scored("gad-2", [1, null])).toMatchObject({ scores: { total: null } });
    expect(scored("gad-7", all(7, 3))).toMatchObject({ scores: { total: 21 } });
    expect(scored("gad-7", [...all(6, 1), null])).toMatchObject({ scores: { total: 7 } });
    expect(scored("gad-7", [...all(5, 1), null, null])).toMatchObject({ scores: { total: null } });
    expect(scored("phq-4", [3, 2, 1, 0])).toMatchObject({
      scores: { total: 6, anxiety: 5, low: 1 },
    });
  });
  test("MISS-HP: four items are turned round, and skipping faith leaves no total", () => {
    expect(scored("miss-hp", all(10, 1))).toMatchObject({ scores: { total: 46 } });
    const least = [1, 1, 1, 1, 10, 10, 10, 1, 1, 10];
    expect(scored("miss-hp", least)).toMatchObject({ scores: { total: 10 } });
    expect(scored("miss-hp", [...least.slice(0, 9), null])).toMatchObject({
      scores: { total: null },
    });
  });
  test("SCS-SF, psychological safety and PSS turn the right items round", () => {
    const kind = [1, 5, 5, 1, 5, 5, 5, 1, 1, 5, 1, 1];
    expect(scored("scs-sf", kind)).toMatchObject({ scores: { total: 5 } });
    expect(scored("psychological-safety", [1, 7, 1, 7, 1, 7, 7])).toMatchObject({
      scores: { safety: 7 },
    });
    expect(scored("pss-10", [0, 0, 0, 4, 4, 0, 4, 4, 0, 0])).toMatchObject({
      scores: { total: 0 },
    });
    expect(scored("pss-4", [0, 4, 4, 0])).toMatchObject({ scores: { total: 0 } });
    expect(scored("pss-4", [4, 0, 0, 4])).toMatchObject({ scores: { total: 16 } });
  });
  test("the impostor scales, loneliness and the two intentions", () => {
    expect(scored("cips", all(20, 5))).toMatchObject({ scores: { total: 100 } });
    expect(scored("young-impostor-scale", all(8, 1))).toMatchObject({ scores: { total: 8 } });
    expect(scored("ucla-3", [1, 1, 1])).toMatchObject({ scores: { total: 3 } });
    expect(scored("ucla-3", [3, 3, 3])).toMatchObject({ scores: { total: 9 } });
    expect(scored("turnover-intention", [2])).toMatchObject({ scores: { intention: 2 } });
    expect(lines("turnover-intention", "intention")[0]).toMatchObject({ when: ">=", at: 2 });
  });
});

describe("C-SSRS", () => {
  // Items 1 to 6, then whether it was within three months: yes, no, skipped, or not asked.
  const VALUES = { y: 1, n: 0, "?": null, "-": undefined } as const;
  const said = (letters: string) =>
    scored(
      "c-ssrs-screener",
      [...letters].map((letter) => VALUES[letter as keyof typeof VALUES]),
    );

  test.each([
    ["nn---n", "no sign in these answers"],
    ["yn---n", "low"],
    ["nynnnn", "low"],
    ["yyynnn", "moderate"],
    ["nn---yn", "moderate"],
    ["nynynn", "high"],
    ["nynnyn", "high"],
    ["nn---yy", "high"],
  ])("%s is %s", (letters, level) => {
    expect(said(letters).findings).toEqual([`By the screener's triage: ${level}.`]);
  });

  test.each(["?n---n", "y?---n", "yn---?", "yy?nnn", "yyn?nn", "nn---y?"])(
    "%s has no level, as nothing is made up",
    (letters) => {
      expect(said(letters).findings).toEqual([]);
    },
  );

  test("what is missing never hides what is high, and any yes opens the panel", () => {
    expect(said("-y-y").findings).toEqual(["By the screener's triage: high."]);
    for (let item = 0; item < 7; item++)
      expect(said(`${"-".repeat(item)}y`.padEnd(7, "-")).care).toBe(true);
    expect(said("nnnnnnn").care).toBe(false);
  });
});

describe("the PHQ-9's ninth item", () => {
  test("opens the panel from 1, whatever the total, also where there is none", () => {
    const any = fc.array(fc.constantFrom(0, 1, 2, 3, null), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(any, fc.constantFrom(0, 1, 2, 3, null), (others, ninth) => {
        expect(scored("phq-9", [...others, ninth]).care).toBe((ninth ?? 0) >= 1);
      }),
      { numRuns: 150 },
    );
  });
});

test.each(SCORERS.map((scorer) => [scorer.id, scorer] as const))(
  "%s scores as a slow reading of its rule does, whatever is missing",
  (_, scorer) => {
    const instrument = instrumentOf(scorer);
    const values = fc.tuple(
      ...scorer.items.map((item) =>
        fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom<number | null>(...item.values) },
          { weight: 1, arbitrary: fc.constant(null) },
        ),
      ),
    );
    fc.assert(
      fc.property(values, (given) => {
        const result = scoreAnswers(instrument, answersOf(scorer, given));
        if (!result.ok) throw new Error(result.refusal.type);
        const expected = slowScores(scorer.id, given);
        const told = Object.fromEntries(
          result.value.scales.map(({ scale, score }) => [scale, score]),
        );
        expect(Object.keys(told).toSorted()).toEqual(Object.keys(expected).toSorted());
        for (const [scale, score] of Object.entries(expected))
          if (score === null) expect([scale, told[scale]]).toEqual([scale, null]);
          else expect(told[scale]).toBeCloseTo(score, 9);
      }),
      { numRuns: 60 },
    );
  },
);

describe("what a scorer declares", () => {
  test.each(SCORERS.map((scorer) => [scorer.id, scorer] as const))("%s fits together", (_, of) => {
    const ids = new Set(of.items.map(({ id }) => id));
    expect(ids.size).toBe(of.items.length);
    for (const item of of.items) {
      expect(item.values).toEqual(item.values.toSorted((a, b) => a - b));
      if (item.points) expect(item.points).toHaveLength(item.values.length);
    }
    for (const scale of of.scales) {
      for (const item of scale.items) expect(ids).toContain(item);
      for (const item of scale.missing.needed ?? []) expect(scale.items).toContain(item);
      expect(scale.missing.least).toBeLessThanOrEqual(scale.items.length);
      for (const line of scale.lines) {
        expect(line.at).toBeGreaterThanOrEqual(scale.lowest);
        expect(line.at).toBeLessThanOrEqual(scale.highest);
      }
      if (scale.bands) expect(scale.bands.from[0]![0]).toBe(scale.lowest);
    }
    for (const { item } of of.safety ?? []) expect(ids).toContain(item);
    expect(of.scales.length + (of.findings ? 1 : 0)).toBeGreaterThan(0);
  });
  test("no two scorers answer to one name, and no two items", () => {
    const names = SCORERS.flatMap((scorer) => [`callroom:${scorer.id}`, ...scorer.names]);
    expect(new Set(names).size).toBe(names.length);
    for (const scorer of SCORERS) {
      const items = scorer.items.flatMap((item) => [ownName(scorer, item), ...item.names]);
      expect(new Set(items).size).toBe(items.length);
    }
  });
  test("the lowest and highest that are told are reached and never passed", () => {
    for (const scorer of SCORERS) {
      for (const scale of scorer.scales) {
        const ends = scale.items.map((id) => {
          const item = scorer.items.find((each) => each.id === id)!;
          const points = item.points ?? item.values;
          return [Math.min(...points), Math.max(...points)] as const;
        });
        const total = (end: 0 | 1) => ends.reduce((sum, each) => sum + each[end], 0);
        const per = scale.how === "mean" ? 1 / ends.length : (scale.times ?? 1);
        expect([scorer.id, scale.id, total(0) * per]).toEqual([scorer.id, scale.id, scale.lowest]);
        expect([scorer.id, scale.id, total(1) * per]).toEqual([scorer.id, scale.id, scale.highest]);
      }
    }
  });
});
