/**
 * Builds the browser's half into dist/web. Every script is a file of its own, but for the few lines that put up
 * the first paint.
 */
import { join, relative } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compress } from "./bin/web-build/compress.ts";
import { content } from "./bin/web-build/content.ts";
import { drawings } from "./bin/web-build/drawings.ts";
import { shelfFileOf } from "./bin/web-build/exercises.ts";
import { integrity } from "./bin/web-build/integrity.ts";
import { learn } from "./bin/web-build/learn.ts";
import { offline } from "./bin/web-build/offline.ts";
import { preload } from "./bin/web-build/preload.ts";
import { workerFileName } from "./bin/web-build/worker-name.ts";

/** The oldest browsers that have what the app stands on: passkeys with PRF, light-dark(), popover. */
const BROWSERS = ["chrome126", "firefox128", "safari18", "ios18"];

const home = import.meta.dirname;
const web = join(home, "src/app/web");

/** What several screens share, the small together with the small that most of the same screens need. */
const SHARED = {
  name: partOf,
  minShareCount: 2,
  entriesAware: true,
  entriesAwareMergeThreshold: 15_000,
  includeDependenciesRecursively: false,
};

/**
 * Which modules share a file. Every visit needs three, side by side: what main.tsx stands on, React's renderer,
 * and the rest of the house. What several screens share is put together by slice: a phone's slow connection
 * waits longer for many small files than for a few larger ones.
 */
const FILES = [
  { name: "start", test: /\/src\/app\/web\/main\.tsx$/, priority: 6 },
  { name: "renderer", test: /\/node_modules\/(?:react-dom|scheduler)\//, priority: 5 },
  { name: "house", test: isOfHouse, priority: 4 },
  { name: "today", test: /\/src\/app\/web\/today\.tsx$/, priority: 3 },
  {
    name: (module: string) => shelfFileOf(join(home, "content"), module),
    debugName: "exercises",
    test: /virtual:content\/exercises\/./,
    priority: 3,
    includeDependenciesRecursively: false,
  },
  // Before the files that take along whatever they stand on: other rooms stand on these too.
  { ...SHARED, debugName: "below", test: /\/src\/(?:design|library)\//, priority: 3 },
  { name: "steps", test: isOfSteps, priority: 2, includeDependenciesRecursively: false },
  { name: "check-in", test: /\/src\/reflect\/web\/check-in\.tsx$/, priority: 2 },
  { name: "news", test: isOfNews, priority: 2 },
  { name: "standing", test: isOfStanding, priority: 2 },
  {
    name: "pass",
    test: /\/src\/(?:pass|platform\/web\/nameless)/,
    minShareCount: 2,
    priority: 2,
    includeDependenciesRecursively: false,
  },
  { ...SHARED, debugName: "slices", test: /\/src\/|virtual:content/, priority: 1 },
];

/** Every page has these before anything else is asked for. */
const IS_THERE = /\/(?:start|renderer|house|rolldown-runtime)-[\w-]+\.js$/;

function isOfHouse(module: string): boolean {
  const path = pathIn(module);
  // Only some rooms have files, tables, codes to copy and lists to wait for, and only circles speak without a name.
  if (
    /^(?:design\/(?:table|file-field|file-button|copy-text|scale|save-file|password-field|choices|awaited|handing-in)|platform\/web\/(?:asked|nameless))/.test(
      path,
    )
  )
    return false;
  // The last is where Today and all of Reflect begin.
  return /^(?:app\/web\/house\.tsx|design\/(?!chart\/).*|platform\/.*|reflect\/web\/kept-check-ins\.ts)$/.test(
    path,
  );
}

/** What every opening of the safe looks up, and most visits need nothing beyond. */
function isOfNews(module: string): boolean {
  return /^(?:stewardship\/(?:web\/log-(?:news|answers)|log-entry|logs-contract)|pass\/(?:web\/(?:issue-look|wallet-collection)|due-contract|purpose)|vault\/web\/late-(?:keeping|record))\.ts$/.test(
    pathIn(module),
  );
}

/** What Today says of somebody's verification. */
function isOfStanding(module: string): boolean {
  return /^identity\/(?:web\/verification-standing|verification|standing-contract)\.ts$/.test(
    pathIn(module),
  );
}

/** The views of all kinds of steps, with what only they show. */
function isOfSteps(module: string): boolean {
  return /^(?:reflect\/exercise\/(?:steps\/(?:(?:[a-z]+\/)?web\/|timed\/clock)|web\/(?:answer-text|step-question))|design\/scale\.)/.test(
    pathIn(module),
  );
}

/**
 * What stands apart from the rest of its slice, since screens are shown before it is there, or need nothing else of
 * that slice. The first match counts.
 */
const APART: readonly (readonly [name: string, modules: RegExp])[] = [
  // The check-in's texts and the crisis lines are read together.
  ["library", /virtual:content\/(?:check-in|crisis)\//],
  ["facilitating", /^circles\/web\/trained\.ts$|virtual:content\/circles\/facilitating$/],
  ["circles-web", /virtual:content\/circles\/(?:hours|norms|themes)$/],
  // The landing tells them; what else the app's own screens share it doesn't need.
  ["promises", /\/promises-words\.ts$/],
  ["crisis-watch", /^reflect\/web\/crisis-watch\.ts$/],
  ["employers", /^library\/(?:employer-name|folded-words)\.ts$/],
  ["design-chart", /^design\/chart\//],

  // The stewards' first page has words and counts of all slices, and needs none of their machinery.
  [
    "coaches-on-file",
    /^coaching\/directory\/(?:coach|contract|credential|web\/(?:coach-decisions|words))\.tsx?$/,
  ],
  ["stewards-words", /\/web\/(?:stewards?|coach-decisions|report)-words\.ts$/],
  ["member-words", /^stewardship\/web\/member-words\.ts$/],
  [
    "stewardship-key",
    /^stewardship\/(?:web\/(?:key-room|use-key-room|steward-key|logs|document-seal|opened-document)|steward-log|decision-log)\.ts$/,
  ],

  // From what stewards know of circles, over where a member stands in them, to what a room and its hour run on.
  [
    "circles-wire",
    /^circles\/(?:judging(?:-contract)?|room\/(?:wire|hpke|entry|message-content))\.ts$/,
  ],
  ["circles-report", /^circles\/room\/(?:report|franking|mark|web\/hpke)\.ts$/],
  [
    "circles",
    /^circles\/(?:contract|waiting|live\/(?:attendance|meetings)|room\/(?:member-keys|thread)|web\/(?:use-place|own-badge|visit|hands-context|keeping|kept-of-circle|room-state|read-logs))\.ts$/,
  ],
  [
    "circles-engine",
    /^circles\/(?:room\/|room-contract|web\/(?:server-events|room-(?:log|pauses|upkeep))\.ts$)/,
  ],
  ["circles-hour", /^circles\/live\/session\.ts$/],
  ["circles-talk", /^circles\/web\/(?:room-words|post-shown|composer|use-room|use-engine)\.tsx?$/],
  ["circles-web", /^circles\//],
];

function partOf(module: string): string | null {
  const path = pathIn(module);
  const apart = APART.find(([, modules]) => modules.test(path));
  if (apart !== undefined) return apart[0];
  const [slice, room] = path.split("/");
  if (slice === undefined || slice === "..") return null;
  const isApart = slice === "coaching" || (slice === "reflect" && room === "instrument");
  return isApart ? `${slice}-${room}` : slice;
}

const pathIn = (module: string): string =>
  relative(join(home, "src"), module).replaceAll("\\", "/");

export default defineConfig({
  root: web,
  plugins: [
    react(),
    content({ folder: join(home, "content") }),
    learn({ folder: join(home, "content") }),
    preload({ imports: ["src/app/web/house.tsx"], icon: join(web, "public/icon.svg") }),
    drawings({ drawings: join(web, "drawings.tsx"), script: join(web, "first-paint.ts") }),
    integrity(),
    offline({ serviceWorker: join(web, "service-worker.ts") }),
    compress(),
  ],
  worker: {
    format: "es",
    rolldownOptions: { output: { entryFileNames: workerFileName } },
  },
  build: {
    outDir: join(home, "dist/web"),
    emptyOutDir: true,
    target: BROWSERS,
    cssTarget: BROWSERS,
    // data: addresses would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, needed, { hostType }) =>
        hostType === "js" ? needed.filter((file) => !IS_THERE.test(file)) : needed,
    },
    // Import maps carry no fingerprints for styles fetched late, so there are none.
    cssCodeSplit: false,
    sourcemap: "hidden",
    rolldownOptions: {
      output: {
        codeSplitting: { groups: FILES },
        // Rolldown appends the names of all who share a file.
        chunkFileNames: ({ name }) => `assets/${name.split("~")[0]}-[hash].js`,
      },
    },
  },
});
