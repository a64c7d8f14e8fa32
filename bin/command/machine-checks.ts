/** The doctor's look at the machine: folders, files, room, clock, mail, and what is served. */
import { access, constants, readFile, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import nodemailer from "nodemailer";
import { parse } from "yaml";
import { reveal } from "../../src/platform/redacted.ts";
import type { Config } from "../../src/platform/server/config.ts";
import {
  openSecrets,
  secretsExist,
  secretsRefusalToWords,
} from "../../src/platform/server/secrets.ts";
import { good, note, wrong, type Finding } from "./finding.ts";
import { webState } from "./web-build.ts";

export async function checkMachine(config: Config): Promise<readonly Finding[]> {
  const findings = await Promise.all([
    checkAddress(config),
    checkDataFolder(config),
    checkSecrets(config),
    checkConfigFile(config),
    checkRoom(config),
    checkClock(),
    checkMail(config),
    checkWeb(config),
    checkCrisisLines(config),
  ]);
  return findings.flat();
}

async function checkAddress({ origin, host, trustProxy }: Config): Promise<Finding> {
  if (origin === null)
    return note(
      "address",
      "CALLROOM_ORIGIN is not set: only this machine can use Callroom, at http://localhost.",
    );
  if (origin.startsWith("https:") && host === "127.0.0.1" && trustProxy.length === 0)
    return note(
      "address",
      `${origin} needs a reverse proxy here, and CALLROOM_TRUST_PROXY is not set: rate limits then take everybody for the proxy.`,
    );
  return good("address", origin);
}

async function checkDataFolder({ dataDir }: Config): Promise<Finding> {
  const found = await stat(dataDir).catch(() => null);
  if (found === null)
    return note("data folder", `${dataDir} is not there yet; the first start makes it.`);
  const writable = await access(dataDir, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!writable) return wrong("data folder", `This user may not write into ${dataDir}.`);
  if ((found.mode & 0o004) !== 0)
    return note(
      "data folder",
      `Everybody on this machine may list ${dataDir}; chmod o-r closes it.`,
    );
  return good("data folder", dataDir);
}

async function checkSecrets({ secretsFile }: Config): Promise<Finding> {
  if (!(await secretsExist(secretsFile)))
    return note("secrets", `${secretsFile} is not there yet; the first start makes it.`);
  const opened = await openSecrets(secretsFile, { make: false });
  if (!opened.ok && opened.refusal.type === "SecretsOlder")
    return note(
      "secrets",
      `${secretsFile} lacks ${opened.refusal.lacking.join(", ")}; the start after an upgrade adds that.`,
    );
  if (!opened.ok) return wrong("secrets", secretsRefusalToWords(opened.refusal));
  const { mode } = await stat(secretsFile);
  if ((mode & 0o077) !== 0)
    return wrong("secrets", `Others may read ${secretsFile}; chmod 600 closes it.`);
  return good("secrets", "whole, and readable by their owner only");
}

async function checkConfigFile({ home }: Config): Promise<readonly Finding[]> {
  const file = join(home, "callroom.conf");
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null || !/^\s*CALLROOM_\w*URL\s*=.*:[^/@]+@/m.test(text)) return [];
  const { mode } = await stat(file);
  if ((mode & 0o077) === 0) return [good("configuration file", "readable by its owner only")];
  return [
    wrong(
      "configuration file",
      `${file} holds a password and others may read it; chmod 600 closes it.`,
    ),
  ];
}

const GIB = 1024 ** 3;

async function checkRoom({ dataDir, home }: Config): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir).catch(() => statfs(home));
  const free = (bavail * bsize) / GIB;
  const words = `${free.toFixed(1)} GB free`;
  if (free < 0.5) return wrong("room on the disk", `${words}; the databases stop when it is full.`);
  return free < 3 ? note("room on the disk", words) : good("room on the disk", words);
}

/** Written by systemd's own time service; others, such as chrony, leave no such sign. */
const SYNCHRONISED = "/run/systemd/timesync/synchronized";

async function checkClock(): Promise<Finding> {
  const now = new Date();
  if (now.getUTCFullYear() < 2026)
    return wrong("clock", `This machine believes it is ${now.toISOString().slice(0, 10)}.`);
  const kept = await stat(SYNCHRONISED).catch(() => null);
  const words = `${now.toISOString().slice(0, 16)} UTC`;
  return kept
    ? good("clock", `${words}, kept by the network`)
    : note("clock", `${words}; whether something keeps it right can't be seen from here.`);
}

async function checkMail({ mail, dataDir }: Config): Promise<Finding> {
  if (mail.smtpUrl === null)
    return note("mail", `No server is set: letters are written into ${join(dataDir, "mail")}.`);
  const transport = nodemailer.createTransport(reveal(mail.smtpUrl), {});
  try {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      transport.verify(),
      new Promise((_settle, fail) => {
        timer = setTimeout(() => fail(Object.assign(new Error(), { code: "ETIMEDOUT" })), 10_000);
      }),
    ]).finally(() => clearTimeout(timer));
    return good("mail", "the server answers and takes our sign-in");
  } catch (error) {
    const { code = "no answer" } = error as { code?: string };
    const why = code === "EAUTH" ? "it refuses user or password" : code;
    return wrong("mail", `The server of CALLROOM_SMTP_URL could not be used (${why}).`);
  } finally {
    transport.close();
  }
}

async function checkWeb({ home }: Config): Promise<Finding> {
  const state = await webState(home);
  if (state === "fresh") return good("web app", "built from these sources");
  return note(
    "web app",
    `${state === "missing" ? "not built yet" : "older than the sources"}; the next start builds it.`,
  );
}

const A_YEAR_MS = 366 * 24 * 3600_000;

/** Numbers for a crisis are of use only while they are right. */
async function checkCrisisLines({ home }: Config): Promise<Finding> {
  const text = await readFile(join(home, "content/crisis/lines.yaml"), "utf8").catch(() => null);
  if (text === null) return wrong("crisis lines", "content/crisis/lines.yaml is missing.");
  const { lines = [] } = parse(text) as { lines?: { verified?: boolean; verified_on?: string }[] };
  const old = lines.filter(
    ({ verified_on }) => Date.now() - Date.parse(verified_on ?? "") > A_YEAR_MS,
  );
  const unseen = lines.filter(({ verified }) => verified !== true);
  if (lines.length === 0) return wrong("crisis lines", "There are none.");
  if (old.length > 0)
    return wrong(
      "crisis lines",
      `${old.length} of ${lines.length} were last checked over a year ago; check them against their sources.`,
    );
  if (unseen.length > 0)
    return note(
      "crisis lines",
      `${unseen.length} of ${lines.length} have not been checked against a source.`,
    );
  return good("crisis lines", `${lines.length}, all checked within a year`);
}
