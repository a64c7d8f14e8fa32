import { inventedCoaches } from "../src/coaching/matching/invented-coaches.ts";
import { startSearch } from "../src/coaching/matching/search.ts";
import { testsFor, CONSTRAINTS } from "../src/coaching/matching/constraint.ts";
import { hoursToWeeklyHours } from "../src/coaching/directory/weekly-hours.ts";
const evenings = [1, 2, 3, 4].flatMap((day) => [19, 20, 21, 22].map((hour) => day * 24 + hour));
const wishes: any = { path: "burnout", languages: ["en"], timeZone: "America/New_York", freeHours: hoursToWeeklyHours(evenings), sharedHours: 2, priceCeilings: [{ currency: "USD", minorUnitsPerSession: 30_000 }], modalities: ["video", "audio"], doctorsOnly: false, ownEmployers: ["St Balanders Hospital"], conflicts: { people: ["Dr. Ada Bemerrin", "Quinn Zutovich", "Tovich, Sven", "J. Dasunde"], employers: ["Mount Dolanders Clinic", "University of Kemerrin"], coaches: [] }, stage: "resident", specialty: "family-c", livedExperiences: ["lived-a", "lived-b", "lived-e"], styles: ["style-a", "style-f"] };
const text = JSON.stringify(inventedCoaches(10000, 2031));
const now = Date.UTC(2031, 2, 3);
const best: Record<string, number[]> = {};
const t = <T>(n: string, f: () => T): T => { const s = performance.now(); const r = f(); (best[n] ??= []).push(performance.now() - s); return r; };
for (let i = 0; i < 15; i++) {
  const fresh = JSON.parse(text);
  t("search", () => startSearch(fresh, wishes, "s", now));
  t("again", () => startSearch(fresh, wishes, "s", now));
  const coaches = JSON.parse(text);
  const tests = testsFor(wishes, now);
  for (const c of CONSTRAINTS) t(c, () => { let n = 0; for (const coach of coaches) if (tests.breaks[c](coach)) n++; return n; });
}
for (const [n, v] of Object.entries(best)) console.log(n.padEnd(14), "first", v[0]!.toFixed(1), "min", Math.min(...v).toFixed(1), "median", v.sort((a, b) => a - b)[7]!.toFixed(1));
