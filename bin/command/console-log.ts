/** The log, for whoever reads it: JSON lines for a machine, short sentences for a terminal. */
import { makeLog, type Log, type LogLevel } from "../../src/platform/server/log.ts";

export function consoleLog(level: LogLevel): Log {
  const forPeople = process.stderr.isTTY;
  return makeLog({
    level,
    now: Date.now,
    write: (line) => process.stderr.write(forPeople ? lineToSentence(line) : line),
  });
}

export function lineToSentence(line: string): string {
  const { level, time, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const rest = Object.entries(fields).map(
    ([name, value]) =>
      `${name}=${Array.isArray(value) ? `\n    ${value.join("\n    ")}` : String(value)}`,
  );
  const clock = String(time).slice(11, 16);
  return `${[clock, String(level).padEnd(5), String(msg), ...rest].join("  ")}\n`;
}
