/**
 * Every scorer's rule a second time, written from the published rules by hand, item by item and without the
 * scorers' own data: what the tests hold the scorers against.
 */
type Values = readonly (number | null)[];
type Scores = Readonly<Record<string, number | null>>;

/** Numbers of items as they are printed, from 1; a minus marks one that is turned round. */
function gathered(values: Values, numbers: string, around: number): number[] {
  const found: number[] = [];
  for (const word of numbers.split(" ")) {
    const value = values[Math.abs(Number(word)) - 1];
    if (value == null) continue;
    found.push(word.startsWith("-") ? around - value : value);
  }
  return found;
}
const mean = (found: number[]) => found.reduce((a, b) => a + b, 0) / found.length;
const meanFrom = (found: number[], least: number) => (found.length < least ? null : mean(found));
const sumFrom = (found: number[], least: number, of: number) =>
  found.length < least ? null : mean(found) * of;
const one = (value: number | null | undefined) => value ?? null;

export function slowScores(id: string, v: Values): Scores {
  switch (id) {
    case "cbi":
      return {
        personal: meanFrom(gathered(v, "1 2 3 4 5 6", 100), 3),
        work: meanFrom(gathered(v, "7 8 9 10 11 12 -13", 100), 4),
        client: meanFrom(gathered(v, "14 15 16 17 18 19", 100), 3),
      };
    case "olbi":
      return {
        disengagement: meanFrom(gathered(v, "1 -3 -6 7 -9 -11 13 15", 5), 7),
        exhaustion: meanFrom(gathered(v, "-2 -4 5 -8 10 -12 14 16", 5), 7),
      };
    case "pfi":
      return {
        fulfilment: meanFrom(gathered(v, "1 2 3 4 5 6", 4), 5),
        exhaustion: meanFrom(gathered(v, "7 8 9 10", 4), 4),
        disengagement: meanFrom(gathered(v, "11 12 13 14 15 16", 4), 5),
        burnout: meanFrom(gathered(v, "7 8 9 10 11 12 13 14 15 16", 4), 8),
      };
    case "single-item-burnout":
      return { burnout: one(v[0]) };
    case "turnover-intention":
    case "reduce-hours-intention":
      return { intention: one(v[0]) };
    case "mini-z-2":
      return {
        joy: sumFrom(gathered(v, "1 2 3 4 5 6 7 8 9 10", 6), 8, 10),
        support: sumFrom(gathered(v, "1 2 3 4 5", 6), 4, 5),
        pace: sumFrom(gathered(v, "6 7 8 9 10", 6), 4, 5),
        "burnout-item": one(v[1]),
      };
    case "mbi-hss":
      return {
        ee: sumFrom(gathered(v, "1 2 3 6 8 13 14 16 20", 6), 8, 9),
        dp: sumFrom(gathered(v, "5 10 11 15 22", 6), 4, 5),
        pa: sumFrom(gathered(v, "4 7 9 12 17 18 19 21", 6), 7, 8),
      };
    case "mbi-two-item":
      return { exhaustion: one(v[0]), callousness: one(v[1]) };
    case "wbi-7":
      return { total: sumFrom(gathered(v, "1 2 3 4 5 6 7", 1), 7, 7) };
    case "wbi-9": {
      const yes = gathered(v, "1 2 3 4 5 6 7", 1);
      const [meaning, time] = [v[7], v[8]];
      if (yes.length < 7 || meaning == null || time == null) return { total: null };
      const total = yes.filter((value) => value === 1).length;
      const byMeaning = meaning <= 2 ? 1 : meaning >= 6 ? -1 : 0;
      const byTime = time >= 4 ? -1 : time <= 2 ? 1 : 0;
      return { total: total + byMeaning + byTime };
    }
    case "bat-12":
      return {
        total: meanFrom(gathered(v, "1 2 3 4 5 6 7 8 9 10 11 12", 6), 10),
        exhaustion: meanFrom(gathered(v, "1 2 3", 6), 3),
        distance: meanFrom(gathered(v, "4 5 6", 6), 3),
        cognitive: meanFrom(gathered(v, "7 8 9", 6), 3),
        emotional: meanFrom(gathered(v, "10 11 12", 6), 3),
      };
    case "bat-23":
      return {
        total: meanFrom(
          gathered(v, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23", 6),
          19,
        ),
        exhaustion: meanFrom(gathered(v, "1 2 3 4 5 6 7 8", 6), 7),
        distance: meanFrom(gathered(v, "9 10 11 12 13", 6), 4),
        cognitive: meanFrom(gathered(v, "14 15 16 17 18", 6), 4),
        emotional: meanFrom(gathered(v, "19 20 21 22 23", 6), 4),
      };
    case "who-5": {
      const raw = sumFrom(gathered(v, "1 2 3 4 5", 5), 4, 5);
      return { "well-being": raw === null ? null : raw * 4 };
    }
    case "phq-9":
      return { total: v[8] == null ? null : sumFrom(gathered(v, "1 2 3 4 5 6 7 8 9", 3), 7, 9) };
    case "phq-2":
    case "gad-2":
      return { total: sumFrom(gathered(v, "1 2", 3), 2, 2) };
    case "gad-7":
      return { total: sumFrom(gathered(v, "1 2 3 4 5 6 7", 3), 6, 7) };
    case "phq-4":
      return {
        total: sumFrom(gathered(v, "1 2 3 4", 3), 4, 4),
        anxiety: sumFrom(gathered(v, "1 2", 3), 2, 2),
        low: sumFrom(gathered(v, "3 4", 3), 2, 2),
      };
    case "c-ssrs-screener":
      return {};
    case "miss-hp":
      return { total: sumFrom(gathered(v, "1 2 3 4 -5 -6 -7 8 9 -10", 11), 10, 10) };
    case "scs-sf":
      return { total: meanFrom(gathered(v, "-1 2 3 -4 5 6 7 -8 -9 10 -11 -12", 6), 10) };
    case "psychological-safety":
      return { safety: meanFrom(gathered(v, "-1 2 -3 4 -5 6 7", 8), 6) };
    case "cips":
      return {
        total: sumFrom(
          gathered(v, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20", 6),
          16,
          20,
        ),
      };
    case "young-impostor-scale":
      return { total: sumFrom(gathered(v, "1 2 3 4 5 6 7 8", 1), 8, 8) };
    case "ucla-3":
      return { total: sumFrom(gathered(v, "1 2 3", 4), 3, 3) };
    case "pss-10":
      return { total: sumFrom(gathered(v, "1 2 3 -4 -5 6 -7 -8 9 10", 4), 8, 10) };
    case "pss-4":
      return { total: sumFrom(gathered(v, "1 -2 -3 4", 4), 4, 4) };
    default:
      throw new Error(`No slow rule for ${id}`);
  }
}
