/** Runs Callroom until it is asked to stop, and then stops it in good order. */
import type { Config } from "../../src/platform/server/config.ts";
import type { Log } from "../../src/platform/server/log.ts";
import { StartRefused } from "../../src/platform/server/start-refused.ts";
import { consoleLog } from "./console-log.ts";
import { configOf, type Given } from "./given.ts";
import { buildWebIfNeeded } from "./web-build.ts";

export async function run(given: Given): Promise<number> {
  const config = await configOf(given);
  const log = consoleLog(config.logLevel);
  // Whoever read what it says has gone, such as a pipe's other end: no reason to stop, and none to say so there.
  for (const output of [process.stdout, process.stderr]) output.on("error", () => undefined);
  const ending = listenForTheEnd(log);
  await buildWebIfNeeded(given.home, () => console.error("Building the web app."));
  const { startCallroom } = await import("../../src/app/server/main.ts");
  const sample = given.flags.has("sample");
  const running = await startCallroom(config, { sample, log }).catch((error: unknown) => {
    throw new StartRefused(wordsFor(error, config), { cause: error });
  });
  console.log(greeting(config, running));
  const status = await ending;
  console.error("Stopping. What was begun is finished first.");
  await running.stop();
  log.flush();
  return status;
}

/** Settles with the exit status when a signal comes, or when something broke that nobody caught. */
function listenForTheEnd(log: Log): Promise<number> {
  return new Promise((settle) => {
    let asked = 0;
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(signal, () => {
        // One Ctrl-C arrives twice, from the terminal and from what started us; a later one means now.
        if (asked > 0 && Date.now() - asked > 1500) process.exit(130);
        asked ||= Date.now();
        settle(0);
      });
    for (const trouble of ["uncaughtException", "unhandledRejection"] as const)
      process.on(trouble, (error: unknown) => {
        const incident = log.defect(error, trouble);
        console.error(
          `Something went wrong that Callroom can't go on after (incident ${incident}).`,
        );
        settle(1);
      });
  });
}

function wordsFor(error: unknown, { host, port }: Config): string {
  if (error instanceof StartRefused) return error.message;
  const { code } = error as { code?: string };
  const place = `${host}, port ${port}`;
  if (code === "EADDRINUSE")
    return `Another program listens on ${place} already. Stop it, or set CALLROOM_PORT to another port.`;
  if (code === "EACCES" && port < 1024)
    return `This user may not listen on ${place}. Set CALLROOM_PORT above 1023, with a reverse proxy before it.`;
  if (code === "EADDRNOTAVAIL")
    return `${host} is no address of this machine. Set CALLROOM_HOST to one that is.`;
  throw error;
}

interface Greeted {
  readonly origin: string;
  readonly setupLink: string | null;
  readonly sampleSignIns: readonly { who: string; email: string; passphrase: string }[];
}

function greeting(config: Config, { origin, setupLink, sampleSignIns }: Greeted): string {
  const lines = ["", `Callroom is running: ${origin}`];
  if (setupLink !== null)
    lines.push(
      "",
      "Not set up yet. This link works once, for the first steward:",
      `  ${setupLink}`,
    );
  if (sampleSignIns.length > 0) {
    lines.push("", "The sample community is in it; all of it is fictional. Sign in as:");
    for (const { who, email, passphrase } of sampleSignIns)
      lines.push(`  ${who}`, `      ${email}   ${passphrase}`);
  }
  if (config.mail.smtpUrl === null)
    lines.push("", `No mail server is set: letters are written into ${config.dataDir}/mail.`);
  lines.push("", "Ctrl-C stops it.", "");
  return lines.join("\n");
}
