/**
 * How long a phone needs to match: 10,000 invented coaches, in real Chromium with its processor slowed down
 * four times, from the parsed index file to three offers with reasons, wishes and a conflict list set.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "@playwright/test";
import { build } from "vite";
import { inventedCoaches } from "#coaching/matching/invented-coaches.ts";
import { hoursToWeeklyHours } from "#coaching/directory/weekly-hours.ts";
import type { Preferences } from "#coaching/matching/preferences.ts";
import type { startSearch } from "#coaching/matching/search.ts";

const COACHES = 10_000;
const RUNS = 15;
const SLOWDOWN = 4;

export async function bench(options: {
  log: (line: string) => void;
}): Promise<Record<string, number>> {
  const script = await bundledMatching();
  const index = JSON.stringify(inventedCoaches(COACHES, 2031));
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: script });
    const devtools = await page.context().newCDPSession(page);
    const measured = async (rate: number, preferences: Preferences) => {
      await devtools.send("Emulation.setCPUThrottlingRate", { rate });
      const now = Date.UTC(2031, 2, 3);
      const runs = await page.evaluate(timeMatching, { index, preferences, runs: RUNS, now });
      const { fitting } = runs[0]!;
      const ms = median(runs.map((run) => run.ms));
      options.log(
        `${fitting} of ${COACHES} coaches fit: ${ms.toFixed(1)} ms slowed ${rate} times, median of ` +
          `${RUNS}; the slowest ${Math.max(...runs.map((run) => run.ms)).toFixed(1)} ms`,
      );
      return { ms: Math.round(ms * 10) / 10, first: Math.round(runs[0]!.ms * 10) / 10 };
    };
    // The slowed runs come first, so that the code is as cold as on a phone that has just opened the app.
    const slowed = await measured(SLOWDOWN, wishes);
    const slowedOpen = await measured(SLOWDOWN, openToAnybody);
    const full = await measured(1, wishes);
    return {
      msFor10000AtSlowdown4: slowed.ms,
      msForTheFirstAtSlowdown4: slowed.first,
      msWhenAlmostAllFitAtSlowdown4: slowedOpen.ms,
      msFor10000: full.ms,
    };
  } finally {
    await browser.close();
  }
}

interface Run {
  readonly ms: number;
  readonly fitting: number;
}

/** Runs in the page. The file is parsed anew each time, so that no run meets cards it has seen. */
async function timeMatching(given: {
  index: string;
  preferences: Preferences;
  runs: number;
  now: number;
}): Promise<Run[]> {
  const { matching } = globalThis as unknown as {
    matching: { startSearch: typeof startSearch };
  };
  const runs: Run[] = [];
  for (let run = 0; run < given.runs; run++) {
    const coaches = JSON.parse(given.index) as Parameters<typeof startSearch>[0];
    // The app parses on arrival and matches on a tap: let the page come to rest in between.
    await new Promise((resolve) => setTimeout(resolve, 20));
    const start = performance.now();
    const found = matching.startSearch(coaches, given.preferences, `member ${run}`, given.now);
    const ms = performance.now() - start;
    if (found.matching.offers.length !== 3) throw new Error("Three offers were expected");
    runs.push({ ms, fitting: found.matching.fitting });
  }
  return runs;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** The pure module as the browser gets it: one script that sets `matching`. */
async function bundledMatching(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "callroom-match-"));
  const entry = path.resolve(import.meta.dirname, "../src/coaching/matching/search.ts");
  try {
    const lib = {
      entry,
      formats: ["iife" as const],
      name: "matching",
      fileName: () => "matching.js",
    };
    await build({
      configFile: false,
      logLevel: "error",
      build: { outDir: folder, emptyOutDir: false, lib },
    });
    return await readFile(path.join(folder, "matching.js"), "utf8");
  } finally {
    await rm(folder, { recursive: true });
  }
}

const evenings = [1, 2, 3, 4].flatMap((day) => [19, 20, 21, 22].map((hour) => day * 24 + hour));

const wishes: Preferences = {
  path: "burnout",
  languages: ["en"],
  timeZone: "America/New_York",
  freeHours: hoursToWeeklyHours(evenings),
  sharedHours: 2,
  priceCeilings: [{ currency: "USD", minorUnitsPerSession: 30_000 }],
  modalities: ["video", "audio"],
  doctorsOnly: false,
  ownEmployers: ["St Balanders Hospital"],
  conflicts: {
    people: ["Dr. Ada Bemerrin", "Quinn Zutovich", "Tovich, Sven", "J. Dasunde"],
    employers: ["Mount Dolanders Clinic", "University of Kemerrin"],
    coaches: [],
  },
  stage: "resident",
  specialty: "family-c",
  livedExperiences: ["lived-a", "lived-b", "lived-e"],
  styles: ["style-a", "style-f"],
};

/** Nobody is kept out but by language: every other coach must be scored and compared. */
const openToAnybody: Preferences = {
  ...wishes,
  freeHours: null,
  sharedHours: 0.5,
  priceCeilings: [],
  modalities: [],
};
