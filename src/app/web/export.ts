/** Puts an export together from every slice: what the safe holds, and what the server knows of the person. */
import type { ExportMaker } from "#identity/web/export-context.ts";
import { call } from "#platform/web/api.ts";
import { readSessions } from "#identity/contract.ts";
import { readBookings } from "#coaching/booking/contract.ts";
import { exportThreads } from "#coaching/space/web/export-threads.ts";
import { exportExercises } from "#reflect/exercise/web/export-exercises.ts";
import { COLLECTIONS } from "./collections.ts";

export const makeExport: ExportMaker = async (account, safe) => {
  const [bookings, sessions, threads] = await Promise.all([
    call(readBookings, {}),
    call(readSessions, {}),
    exportThreads(safe),
  ]);
  // Passes tell which pseudonym is whose: in a file that anybody may find they would do harm, and elsewhere no good.
  const written = Object.fromEntries(
    COLLECTIONS.filter((collection) => !["wallet", "late"].includes(collection)).map(
      (collection) => [
        collection,
        safe.list(collection).map(({ id, content }) => ({ id, content })),
      ],
    ),
  );
  const { id, name, stage, roles, email, addressConfirmed, weeklyLetter, timeZone } = account;
  const json = {
    format: "callroom-export/1",
    account: { id, name, stage, roles, email, addressConfirmed, weeklyLetter, timeZone },
    written,
    threads,
    bookings: bookings.ok ? bookings.value.bookings : null,
    devices: sessions.ok ? sessions.value.sessions.map(({ label }) => label) : null,
  };
  // In the text they stand question by question; as they are kept, they stand in the JSON.
  const { exercises: _, ...readable } = written;
  const markdown = toMarkdown({ ...json, written: readable });
  const exercises = await exportExercises(safe);
  return { json, markdown: exercises === "" ? markdown : `${markdown}\n${exercises}` };
};

/** Headings for the parts, a nested list for what is in them: readable by eye in any editor. */
function toMarkdown(json: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(json).map(([title, value]) => `## ${title}\n\n${listOf(value, 0)}`);
  return `# Callroom\n\n${parts.join("\n\n")}\n`;
}

function listOf(value: unknown, depth: number): string {
  if (typeof value !== "object" || value === null)
    return `${"  ".repeat(depth)}- ${oneLine(value)}`;
  const entries = Array.isArray(value)
    ? value.map((each, at) => [String(at + 1), each] as const)
    : Object.entries(value);
  if (entries.length === 0) return `${"  ".repeat(depth)}- nothing`;
  return entries
    .map(([name, each]) => {
      const indent = "  ".repeat(depth);
      return typeof each === "object" && each !== null
        ? `${indent}- ${name}:\n${listOf(each, depth + 1)}`
        : `${indent}- ${name}: ${oneLine(each)}`;
    })
    .join("\n");
}

const oneLine = (value: unknown): string =>
  (typeof value === "string" ? value : JSON.stringify(value ?? "")).replace(/\s*\n\s*/g, " / ");
