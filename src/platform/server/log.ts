/**
 * What the server says about itself. A line is a fixed sentence and a few fields from a closed list, so
 * that no address, word or account can get in; requests on the nameless side are only counted by the day,
 * because a line's time and place in the file would join the two sides.
 */
import { randomBytes } from "node:crypto";
import pino from "pino";

export interface Log {
  readonly debug: Say;
  readonly info: Say;
  readonly warn: Say;
  readonly error: Say;
  readonly request: (line: RequestLine) => void;
  /**
   * Writes a defect with its stack and gives the incident number, which is all that leaves the server. One of the
   * nameless side is written with its day's count.
   */
  readonly defect: (error: unknown, where: string, zone?: RequestLine["zone"]) => string;
  /** Writes what is counted and not yet written. */
  readonly flush: () => void;
}

/** Only a literal will do: a sentence put together at run time could hold somebody's words. */
type Constant<Text extends string> = {} extends Record<Text, true> ? never : Text;
type Say = <const Text extends string>(sentence: Constant<Text>, fields?: LogFields) => void;

interface LogFields {
  readonly cluster?: "named" | "nameless";
  readonly count?: number;
  readonly ms?: number;
  readonly bytes?: number;
  readonly attempt?: number;
  readonly process?: number;
  readonly port?: number;
  readonly version?: string;
  /** A folder or file of the installation, never one named after a person. */
  readonly path?: string;
  /** The name of a background job or a route, never its payload. */
  readonly task?: string;
  /** An error code such as ECONNREFUSED or 53300. */
  readonly code?: string;
}

const FIELDS = new Set<string>([
  "cluster",
  "count",
  "ms",
  "bytes",
  "attempt",
  "process",
  "port",
  "version",
  "path",
  "task",
  "code",
] satisfies (keyof LogFields)[]);

interface RequestLine {
  readonly zone: "named" | "nameless" | "public";
  readonly method: string;
  /** The pattern, `/api/named/vault/:collection`, never the path that was asked for. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

export type LogLevel = "error" | "warn" | "info" | "debug";

export interface LogOptions {
  readonly level: LogLevel;
  readonly write: (line: string) => void;
  readonly now: () => number;
}

export function makeLog({ level, write, now }: LogOptions): Log {
  const out = pino(
    {
      level,
      base: null,
      // To the minute: enough to find a fault, too coarse to follow a person.
      timestamp: () => `,"time":"${new Date(now()).toISOString().slice(0, 16)}Z"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
  const nameless = makeDayCounter(now, ({ day, requests, failures, defects }) => {
    out.info({ day, requests, failures }, "nameless requests");
    for (const [defect, count] of defects)
      out.error({ day, count, ...(JSON.parse(defect) as object) }, "nameless defect");
  });
  return {
    debug: (sentence, fields) => out.debug(allowed(fields), sentence),
    info: (sentence, fields) => out.info(allowed(fields), sentence),
    warn: (sentence, fields) => out.warn(allowed(fields), sentence),
    error: (sentence, fields) => out.error(allowed(fields), sentence),
    request: ({ zone, method, route, status, ms }) => {
      if (zone === "nameless") {
        nameless.count(status);
        return;
      }
      const line = { method, route, status, took: durationBucket(ms) };
      if (status >= 500) out.warn(line, "request");
      else out.debug(line, "request");
    },
    defect: (error, where, zone) => {
      if (zone === "nameless") {
        nameless.defect(JSON.stringify({ where, ...errorOutline(error) }));
        return "";
      }
      const incident = randomBytes(5).toString("hex");
      out.error({ incident, where, ...errorOutline(error) }, "defect");
      return incident;
    },
    flush: nameless.flush,
  };
}

function allowed(fields: LogFields = {}): LogFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => FIELDS.has(name)));
}

function durationBucket(ms: number): string {
  if (ms < 10) return "<10ms";
  if (ms < 100) return "<100ms";
  return ms < 1000 ? "<1s" : ">=1s";
}

/**
 * Kind, code and frames, without the message: messages quote values (a number that doesn't parse, a key
 * that exists already), and those may be a member's words.
 */
function errorOutline(error: unknown): { kind: string; code?: string; frames: readonly string[] } {
  if (!(error instanceof Error)) return { kind: typeof error, frames: [] };
  const frames = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) =>
      line.trim().replace(/\(?(?:file:\/\/)?\/[^)]*?\/(src|bin|node_modules)\//, "($1/"),
    );
  const code: unknown = "code" in error ? error.code : undefined;
  return {
    kind: error.name,
    ...(typeof code === "string" && /^[A-Z0-9_]{1,40}$/.test(code) ? { code } : {}),
    frames,
  };
}

interface DayCount {
  readonly day: string;
  requests: number;
  failures: number;
  /** How often each came up. */
  readonly defects: Map<string, number>;
}

const HOUR_MS = 3600_000;
const MOST_DEFECTS = 50;

/**
 * A day is written when it is over, and by the clock: were it the next day's first request that has it written,
 * the line's minute would be that request's.
 */
function makeDayCounter(now: () => number, write: (count: DayCount) => void) {
  const counts = new Map<string, DayCount>();
  const today = () => new Date(now()).toISOString().slice(0, 10);
  const ofToday = () => {
    const day = today();
    const count = counts.get(day) ?? {
      day,
      requests: 0,
      failures: 0,
      defects: new Map<string, number>(),
    };
    counts.set(day, count);
    return count;
  };
  const writeAllBut = (day: string | null) => {
    for (const count of counts.values())
      if (count.day !== day) {
        counts.delete(count.day);
        write(count);
      }
  };
  setInterval(() => writeAllBut(today()), HOUR_MS).unref();
  return {
    flush: () => writeAllBut(null),
    count: (status: number) => {
      const count = ofToday();
      count.requests += 1;
      if (status >= 500) count.failures += 1;
    },
    defect: (defect: string) => {
      const { defects } = ofToday();
      if (defects.has(defect) || defects.size < MOST_DEFECTS)
        defects.set(defect, (defects.get(defect) ?? 0) + 1);
    },
  };
}

const nothing = () => undefined;
export const silentLog: Log = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  request: nothing,
  defect: () => randomBytes(5).toString("hex"),
  flush: nothing,
};
