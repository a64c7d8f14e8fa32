/**
 * The real program, composed as `callroom start` does, with a clock that whoever started it sets by messages and
 * that goes on from there. There is no such configuration: only what holds this process's channel can bend its time.
 */
import { join } from "node:path";
import { startCallroom } from "#app/server/main.ts";
import { loadConfig, problemsToWords } from "#platform/server/config.ts";
import { makeLog } from "#platform/server/log.ts";
import { buildWebIfMissing } from "../bin/command/web-build.ts";

let set = { at: performance.now(), now: Number(process.env["CALLROOM_PROOF_NOW"]) };
const clock = { now: () => Math.floor(set.now + performance.now() - set.at) };
const home = join(import.meta.dirname, "..");
const { CALLROOM_PROOF_NOW: _, ...env } = process.env;
const config = await loadConfig(env, { home, work: process.cwd() });
if (!config.ok) throw new Error(problemsToWords(config.refusal));
await buildWebIfMissing(home);
const log = makeLog({
  level: config.value.logLevel,
  now: clock.now,
  write: (line) => process.stderr.write(line),
});
const running = await startCallroom(config.value, { sample: false, log, clock });

process.on("message", (message: { readonly now: number }) => {
  set = { at: performance.now(), now: message.now };
  process.send?.(message);
});
process.on("SIGTERM", () => {
  void running.stop().then(() => {
    log.flush();
    process.disconnect?.();
  });
});
console.log(`Callroom is running: ${running.origin}`);
if (running.setupLink !== null) console.log(running.setupLink);
console.log("Ctrl-C stops it.");
