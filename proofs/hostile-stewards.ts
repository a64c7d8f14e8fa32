/**
 * A steward who hands the program harmful questionnaires and courses, through the routes and through the command:
 * none may break it, hold it up or be taken for what it isn't.
 */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { addCourse, readCourses } from "#learn/contract.ts";
import type { AnyRoute } from "#platform/contract.ts";
import { addInstrument, readInstruments } from "#reflect/instrument/contract.ts";
import { COURSE } from "./hostile-ground.ts";
import { LICENCE, type HostileFile } from "./hostile-instruments.ts";
import { ask, must, type Member } from "./member.ts";

const HOME = join(import.meta.dirname, "..");
const run = promisify(execFile);
const SLOW_MS = 5_000;
const COMMAND_MS = 60_000;

export interface Harm {
  readonly file: string;
  readonly what: string;
}

/** Of one route, one after the other. `nextMinute` brings the next in which a steward may go on. */
async function send<Each extends { readonly name: string; readonly mayBeTaken?: boolean }>(
  { origin, cookie }: Pick<Member, "origin" | "cookie">,
  route: AnyRoute,
  all: readonly Each[],
  toBody: (each: Each) => unknown,
  nextMinute: () => Promise<void>,
): Promise<readonly Harm[]> {
  const harm: Harm[] = [];
  for (const [nth, each] of all.entries()) {
    if (nth % (route.perMinute - 1) === 0) await nextMinute();
    const body = JSON.stringify(toBody(each));
    const began = performance.now();
    const status = await fetch(origin + route.path, {
      method: route.method,
      headers: { cookie, "content-type": "application/json" },
      body,
    }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => 0,
    );
    const what = harmOf(status, each.mayBeTaken === true);
    if (what !== null) harm.push({ file: each.name, what });
    if (performance.now() - began > SLOW_MS) harm.push({ file: each.name, what: "took long" });
  }
  return harm;
}

function harmOf(status: number, mayBeTaken: boolean): string | null {
  // The program may hang up on what is far too large; none of these is.
  if (status === 0 || status >= 500) return `was answered with ${status}`;
  if (status === 429) return "was not looked at";
  return status === 200 && !mayBeTaken ? "was taken" : null;
}

/** Afterwards members still get what there is. */
export async function handInstruments(
  steward: Pick<Member, "origin" | "cookie">,
  files: readonly HostileFile[],
  nextMinute: () => Promise<void>,
): Promise<readonly Harm[]> {
  const toBody = ({ text }: HostileFile) => ({
    questionnaire: text,
    licence: LICENCE,
    protocolReady: true,
  });
  const harm = await send(steward, addInstrument, files, toBody, nextMinute);
  await must(ask(steward.origin, readInstruments, { cookie: steward.cookie }));
  return harm;
}

interface HostileCourse {
  readonly name: string;
  readonly change: Readonly<Record<string, unknown>>;
  readonly mayBeTaken?: boolean;
}

const taken = (name: string, change: HostileCourse["change"]): HostileCourse => ({
  name,
  change,
  mayBeTaken: true,
});

/** What a browser would run or a database would not keep, in each field that may hold letters of any kind. */
const COURSES: readonly HostileCourse[] = [
  ...[
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "http://example.org",
    "https://",
    "//example.org",
    7,
    [],
    {},
  ].map((url) => ({ name: `a link to ${JSON.stringify(url)}`, change: { url } })),
  taken("a link after a blank", { url: " https://example.org" }),
  // Addresses to whoever reads them, and not for every database.
  ...["\u0000", "\ud800", "\u202e", "\n", '"', "<script>", "@evil.example"].map((letter) =>
    taken(`a link with ${JSON.stringify(letter)}`, { url: `https://example.org/${letter}` }),
  ),
  ...["title", "provider", "cost", "time", "about"].flatMap((field) => [
    ...["\u0000", "\ud800", "\u202e", "\ufeff", "x".repeat(5_000)].map((text) => ({
      name: `${field} with ${JSON.stringify(text.slice(0, 8))}`,
      change: { [field]: `A${text}b` },
    })),
    taken(`${field} with HTML`, { [field]: "<img src=x onerror=alert(1)>" }),
    taken(`${field} of letters that are written long`, { [field]: '"'.repeat(120) }),
    taken(`${field} of drawings`, { [field]: "\u{1fa7a}".repeat(60) }),
  ]),
  { name: "a day that never was", change: { checked_on: "2026-02-30" } },
  { name: "tags without end", change: { tags: Array.from({ length: 5_000 }, () => "a") } },
  { name: "tags that are none", change: { tags: ["../..", "<b>"] } },
  { name: "a kind of all objects", change: { kind: "constructor" } },
  { name: "more than asked for", change: { id: "1", by: "somebody" } },
];

export async function handCourses(
  steward: Pick<Member, "origin" | "cookie">,
  nextMinute: () => Promise<void>,
): Promise<readonly Harm[]> {
  const toBody = ({ change }: HostileCourse) => ({ ...COURSE, ...change });
  const harm = await send(steward, addCourse, COURSES, toBody, nextMinute);
  await must(ask(steward.origin, readCourses, { cookie: steward.cookie }));
  return harm;
}

export const HOSTILE_COURSES = COURSES.length;

/** Refused in words, with no more than that: neither a stack nor a hang. */
export async function giveToCommand(
  folder: string,
  files: readonly HostileFile[],
): Promise<readonly Harm[]> {
  const harm: Harm[] = [];
  for (const { name, text } of files) {
    const path = join(folder, "hostile.json");
    await writeFile(path, text);
    const args = ["bin/command-line.ts", "instrument", "add", path, "--check"];
    const ended = await run(process.execPath, args, {
      cwd: HOME,
      timeout: COMMAND_MS,
      env: { ...process.env, CALLROOM_CONFIG: "" },
    }).then(
      () => null,
      (error: { stderr?: string; code?: unknown }) => error,
    );
    if (ended === null) harm.push({ file: name, what: "was taken by the command" });
    else if (ended.code !== 1 || !isInWords(ended.stderr ?? "", path))
      harm.push({ file: name, what: `ended the command with ${String(ended.code)}` });
  }
  return harm;
}

const isInWords = (said: string, path: string): boolean =>
  said.includes(`${path} can't be added:`) && !/\n\s+at .+:\d+/.test(said);
