/** The server behind `npm run dev`: as in `callroom start`, without building the web app. */
import { join } from "node:path";
import { startCallroom } from "../src/app/server/main.ts";
import { consoleLog } from "./command/console-log.ts";
import { configOf } from "./command/given.ts";

const given = {
  home: join(import.meta.dirname, ".."),
  work: process.cwd(),
  env: process.env,
  operands: [],
  flags: new Set<string>(),
};
const log = consoleLog("debug");
const running = await startCallroom(await configOf(given), { sample: false, log });
if (running.setupLink !== null) console.error(`Set-up: ${running.setupLink}`);
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void running.stop().then(() => process.exit(0)));
