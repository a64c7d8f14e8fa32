/** What processes took of the machine, as Linux counts it: proc(5). */
import { readdirSync, readFileSync } from "node:fs";

const TICKS_A_SECOND = 100;

/** Seconds of processor time of a process and of all that it started but for some, also of those that ended. */
export function processorSeconds(process: number, but: readonly number[] = []): number {
  const stats = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? []);
  const family = new Set([process]);
  // A child may stand before its parent.
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const { id, parent } of stats) if (family.has(parent) && !but.includes(id)) family.add(id);
  }
  return (
    stats.filter(({ id }) => family.has(id)).reduce((sum, { ticks }) => sum + ticks, 0) /
    TICKS_A_SECOND
  );
}

/** Bytes of memory that a process holds right now. */
export function residentBytes(process: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(
    readFileSync(`/proc/${process}/status`, "utf8"),
  )?.[1];
  return Number(kilobytes) * 1024;
}

function statOf(id: number) {
  try {
    // After the name, which may hold blanks: state, parent, …, utime, stime, cutime, cstime.
    const fields = readFileSync(`/proc/${id}/stat`, "utf8").split(") ").at(-1)!.split(" ");
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { id, parent: Number(fields[1]), ticks };
  } catch {
    // It has ended meanwhile.
    return null;
  }
}
