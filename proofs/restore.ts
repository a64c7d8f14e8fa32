/**
 * A backup restores: made while the program runs and is written to, taken to an empty place, it opens
 * everything with the old passphrase. The control alters one byte of the backup: it must be refused.
 */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { readBookings } from "#coaching/booking/contract.ts";
import { readRecords, writeRecord } from "#vault/contract.ts";
import { addCoach, addMember, agree, book, freeStarts } from "./community.ts";
import { freePort, makeDataDir, removeDataDir, startInstance } from "./instance.ts";
import { ask, must, setUp, signIn } from "./member.ts";
import type { Proof } from "./proof.ts";

const run = promisify(execFile);
const HOME = join(import.meta.dirname, "..");

export const prove: Proof = async ({ small, log }) => {
  const records = small ? 50 : 1000;
  const [dataDir, backupDir, freshDir, spoiltDir] = await Promise.all([
    makeDataDir(),
    makeDataDir(),
    makeDataDir(),
    makeDataDir(),
  ]);
  const passphraseFile = join(backupDir, "..", `${randomBytes(6).toString("hex")}.passphrase`);
  await writeFile(passphraseFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
  const callroom = (args: readonly string[], data: string) =>
    run(process.execPath, ["bin/command-line.ts", ...args], {
      cwd: HOME,
      env: {
        ...process.env,
        CALLROOM_CONFIG: "",
        CALLROOM_DATA_DIR: data,
        CALLROOM_BACKUP_PASSPHRASE_FILE: passphraseFile,
      },
    });
  const target = join(backupDir, "backup");
  const instance = await startInstance({ dataDir, port: await freePort() });
  const steward = await setUp(instance.origin, instance.setUpToken!);
  const coach = await addCoach(steward, "Coach");
  const member = await addMember(steward, "Member");
  await agree(member, coach);
  const booked = await book(member, coach, (await freeStarts(member, coach))[40]!);
  const kept = new Map<string, string>();
  const write = async () => {
    const [collection, id, sealed] = [16, 16, 400].map((length) =>
      randomBytes(length).toString("base64url"),
    );
    const params = { collection: collection!, id: id! };
    const written = await ask(member.origin, writeRecord, {
      cookie: member.cookie,
      params,
      body: { version: 1, sealed: sealed! },
    });
    if (written.ok) kept.set(`${collection} ${id}`, sealed!);
    else await new Promise((resolve) => setTimeout(resolve, 250));
  };
  while (kept.size < records) await write();
  const before = new Map(kept);
  log(`${before.size} records; backing up while more are written`);
  const backingUp = { now: true };
  const writing = (async () => {
    while (backingUp.now) await write();
  })();
  await callroom(["backup", target], dataDir);
  backingUp.now = false;
  await writing;
  await instance.stop();

  log("restoring to an empty place");
  await callroom(["restore", target], freshDir);
  const restored = await startInstance({ dataDir: freshDir, port: await freePort() });
  const again = await signIn(restored.origin, member.email, member.passphrase);
  const opens = again !== null && Buffer.from(again.vaultKey).equals(Buffer.from(member.vaultKey));
  const found =
    again === null ? new Map<string, string>() : await everything(restored.origin, again.cookie);
  const lost = [...before].filter(([place, sealed]) => found.get(place) !== sealed).length;
  const bookings =
    again === null
      ? []
      : (await must(ask(restored.origin, readBookings, { cookie: again.cookie }))).bookings;
  await restored.stop();

  log("control: one byte of a backup is altered");
  const control = await refusesAltered(target, () => callroom(["restore", target], spoiltDir));
  for (const folder of [dataDir, backupDir, freshDir, spoiltDir]) await removeDataDir(folder);
  await removeDataDir(passphraseFile);
  return {
    holds: opens && lost === 0 && "id" in booked && bookings.length === 1,
    control: control ? "caught" : "missed",
    size: before.size,
    figures: { records: before.size, lost, bookings: bookings.length },
  };
};

async function refusesAltered(folder: string, restore: () => Promise<unknown>): Promise<boolean> {
  const name = (await readdir(folder)).find((each) => each.startsWith("named"));
  if (name === undefined) return false;
  const file = join(folder, name);
  const bytes = await readFile(file);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = bytes[middle]! ^ 1;
  await writeFile(file, bytes);
  return restore().then(
    () => false,
    () => true,
  );
}

async function everything(origin: string, cookie: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let after = 0; ;) {
    const page = await must(ask(origin, readRecords, { cookie, query: { after } }));
    for (const record of page.records)
      found.set(`${record.collection} ${record.id}`, record.sealed ?? "");
    if (!page.more) return found;
    after = page.sequence;
    await new Promise((resolve) => setTimeout(resolve, 600));
  }
}
