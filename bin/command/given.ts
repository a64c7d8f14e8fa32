/** What a command is given, and the configuration it nearly always begins with. */
import {
  loadConfig,
  problemsToWords,
  type Config,
  type Environment,
} from "../../src/platform/server/config.ts";
import { StartRefused } from "../../src/platform/server/start-refused.ts";

export interface Given {
  /** Folder of the installation. */
  readonly home: string;
  /** Folder the command was called in. */
  readonly work: string;
  readonly env: Environment;
  readonly operands: readonly string[];
  readonly flags: ReadonlySet<string>;
}

/** Gives the exit status. */
export type Run = (given: Given) => Promise<number>;

export async function configOf({ env, home, work }: Given): Promise<Config> {
  const config = await loadConfig(env, { home, work });
  if (!config.ok) throw new StartRefused(problemsToWords(config.refusal));
  return config.value;
}
