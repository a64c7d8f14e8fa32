/** What `--help` prints, made from the lists of commands and settings. */
import { SETTINGS } from "../../src/platform/server/settings.ts";
import { COMMANDS, type CommandName } from "./commands.ts";

export function generalHelp(): string {
  return [
    "Callroom, a private room for doctors.",
    "",
    "Usage: callroom COMMAND",
    "",
    ...columns(
      Object.entries(COMMANDS).map(([name, { operands, summary }]) => [
        [name, ...operands].join(" "),
        summary,
      ]),
    ),
    "",
    "`callroom COMMAND --help` tells more about one.",
    "",
    "Settings come from the environment, or as NAME=value lines from callroom.conf:",
    "",
    ...Object.entries(SETTINGS).flatMap(([name, { meaning, expected, otherwise }]) => [
      `  ${name}`,
      `      ${meaning}`,
      `      ${expected}; otherwise ${otherwise}`,
    ]),
  ].join("\n");
}

export function commandHelp(name: CommandName): string {
  const { summary, operands, flags, details } = COMMANDS[name];
  return [
    `Usage: ${["callroom", name, ...operands, ...Object.keys(flags).map((flag) => `[--${flag}]`)].join(" ")}`,
    "",
    `${summary[0]!.toUpperCase()}${summary.slice(1)}.`,
    "",
    details,
    ...(Object.keys(flags).length === 0
      ? []
      : ["", ...columns(Object.entries(flags).map(([flag, meaning]) => [`--${flag}`, meaning]))]),
  ].join("\n");
}

/** A hint for a command that doesn't exist. */
export function nearestCommand(words: readonly string[]): string {
  const first = words[0]!.toLowerCase();
  const near = Object.keys(COMMANDS).find(
    (name) => name.startsWith(first.slice(0, 3)) || name.split(" ").includes(first),
  );
  return near === undefined
    ? "\n`callroom --help` lists them."
    : `\nDid you mean \`callroom ${near}\`?`;
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`);
}
