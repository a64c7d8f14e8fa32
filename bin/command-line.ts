/**
 * The command line: finds the command, reads its flags, and prints what went wrong as a sentence. Each
 * command is a file in bin/command, loaded only when it is called.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { StartRefused } from "../src/platform/server/start-refused.ts";
import { COMMANDS, type CommandName } from "./command/commands.ts";
import type { Given } from "./command/given.ts";
import { commandHelp, generalHelp, nearestCommand } from "./command/help.ts";

const home = join(import.meta.dirname, "..");

async function main(words: readonly string[]): Promise<number> {
  const found = findCommand(words);
  if (found === null) {
    if (words.length === 0 || ["--help", "-h", "help"].includes(words[0]!)) {
      console.log(generalHelp());
      return words.length === 0 ? 2 : 0;
    }
    if (words[0] === "--version") {
      const { version } = (await import("../package.json", { with: { type: "json" } })).default;
      console.log(version);
      return 0;
    }
    return complain(`There is no command "${words.join(" ")}".${nearestCommand(words)}`);
  }
  const { name, rest } = found;
  if (rest.includes("--help") || rest.includes("-h")) {
    console.log(commandHelp(name));
    return 0;
  }
  const read = readArguments(name, rest);
  if (typeof read === "string")
    return complain(`${read}\n\`callroom ${name} --help\` lists what there is.`);
  const { run } = await COMMANDS[name].load();
  return run(read);
}

function findCommand(
  words: readonly string[],
): { name: CommandName; rest: readonly string[] } | null {
  // The longest name first: `content check` before a `content` there may be one day.
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(" ");
    if (Object.hasOwn(COMMANDS, name) && words.length >= length)
      return { name: name as CommandName, rest: words.slice(length) };
  }
  return null;
}

function readArguments(name: CommandName, rest: readonly string[]): Given | string {
  const { operands, flags } = COMMANDS[name];
  const options = Object.fromEntries(
    Object.keys(flags).map((flag) => [flag, { type: "boolean" as const }]),
  );
  const { values, positionals, tokens } = parseArgs({
    args: [...rest],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    if (!Object.hasOwn(options, token.name))
      return `There is no flag ${token.rawName} for ${name}.`;
    if (token.value !== undefined) return `The flag ${token.rawName} takes no value.`;
  }
  if (positionals.length < operands.length)
    return `${operands[positionals.length]} is missing after ${["callroom", name, ...positionals].join(" ")}.`;
  if (positionals.length > operands.length)
    return `"${positionals[operands.length]}" is one word too many for ${name}.`;
  return {
    home,
    work: process.cwd(),
    env: process.env,
    operands: positionals,
    flags: new Set(Object.keys(values)),
  };
}

function complain(words: string): number {
  console.error(words);
  return 2;
}

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  if (error instanceof StartRefused) console.error(error.message);
  else console.error(error);
  process.exit(1);
}
