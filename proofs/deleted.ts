/**
 * Deleted is gone: after an account's deletion no row, file of the mail or log line carries its id, its
 * address, its name or its ciphertext. Free space of the database is vacuumed first, as it is every day in
 * use. The control searches for the same before the deletion, and must find them.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { client, ready } from "@serenity-kit/opaque";
import pg from "pg";
import * as identity from "#identity/contract.ts";
import { openSpace, readSpaces, sendMessage } from "#coaching/space/contract.ts";
import { findRunning } from "#platform/server/embedded-postgres.ts";
import { writeRecord } from "#vault/contract.ts";
import { addCoach, addMember, agree, book, freeStarts } from "./community.ts";
import { freePort, lettersIn, makeDataDir, removeDataDir, startInstance } from "./instance.ts";
import { ask, must, newId, setUp, type Member } from "./member.ts";
import type { Proof } from "./proof.ts";
import { inBytes, searchFiles, searchTables, type Trace } from "./traces.ts";

export const prove: Proof = async ({ small, log }) => {
  const count = small ? 3 : 20;
  const dataDir = await makeDataDir();
  const instance = await startInstance({ dataDir, port: await freePort() });
  try {
    const steward = await setUp(instance.origin, instance.setUpToken!);
    const coach = await addCoach(steward, "Coach");
    const starts = await freeStarts(steward, coach);
    const leavers: { member: Member; words: string[] }[] = [];
    for (let n = 0; n < count; n++)
      leavers.push(await live(steward, coach, starts[60 + n * 4]!, n));
    await lettersIn(dataDir, count);
    const words = leavers.flatMap((leaver) => leaver.words);
    const before = await searchTables(dataDir, words);
    log(`${words.length} traces to look for; ${before.length} found before the deletion`);

    for (const { member } of leavers) await leave(member);
    await vacuum(dataDir);
    const rows = await searchTables(dataDir, words);
    const written = inBytes("log", Buffer.from(instance.output()), words);
    await instance.stop();
    // Letters that were delivered are the receiver's; the folder stands for their mailboxes. The write-ahead
    // log is recycled as the database goes on; both are named in THREATS.md. Tables and logs are ours.
    const files = (await searchFiles(dataDir, words)).filter(isOurs);
    const left = [...rows, ...written, ...files];
    for (const { where } of left.slice(0, 5)) log(`left in ${where}`);
    return {
      holds: left.length === 0,
      control: before.length >= count ? "caught" : "missed",
      size: count,
      figures: {
        traces: words.length,
        foundBefore: before.length,
        leftInRows: rows.length,
        leftInFiles: files.length,
        leftInLogs: written.length,
      },
    };
  } finally {
    if (instance.process.exitCode === null) await instance.stop();
    await removeDataDir(dataDir);
  }
};

const isOurs = ({ where }: Trace): boolean =>
  !where.startsWith(join("mail", "")) && !where.includes("pg_wal");

/** A member who writes, books and talks: every kind of row there is. */
async function live(steward: Member, coach: Member, start: number, n: number) {
  const name = `Leaver${randomBytes(4).toString("hex")}`;
  const member = await addMember(steward, `${name} ${n}`);
  await agree(member, coach);
  const booked = await book(member, coach, start);
  if (!("id" in booked)) throw new Error(`Booking was refused: ${booked.refused}`);
  const as = { cookie: member.cookie };
  const sealed = randomBytes(300).toString("base64url");
  const params = {
    collection: randomBytes(16).toString("base64url"),
    id: randomBytes(16).toString("base64url"),
  };
  await must(ask(member.origin, writeRecord, { ...as, params, body: { version: 1, sealed } }));
  const { spaces } = await must(ask(member.origin, readSpaces, as));
  const space = spaces[0]!.id;
  const key = randomBytes(180).toString("base64url");
  await must(
    ask(member.origin, openSpace, { ...as, params: { id: space }, body: { own: key, other: key } }),
  );
  const message = randomBytes(200).toString("base64url");
  await must(
    ask(member.origin, sendMessage, {
      ...as,
      params: { id: space },
      body: { id: newId(), sealed: message },
    }),
  );
  const asHex = (text: string) => Buffer.from(text, "base64url").toString("hex").slice(0, 64);
  return {
    member,
    words: [member.account, member.email, name, asHex(sealed), asHex(message), asHex(key)],
  };
}

async function leave(member: Member): Promise<void> {
  await ready;
  const as = { cookie: member.cookie };
  const begun = client.startLogin({ password: member.passphrase });
  const started = await must(
    ask(member.origin, identity.startConfirmation, {
      ...as,
      body: { startLoginRequest: begun.startLoginRequest },
    }),
  );
  const login = client.finishLogin({
    password: member.passphrase,
    clientLoginState: begun.clientLoginState,
    loginResponse: started.loginResponse,
    keyStretching: "memory-constrained",
  })!;
  const { confirmation } = await must(
    ask(member.origin, identity.finishConfirmation, {
      ...as,
      body: { ticket: started.ticket, finishLoginRequest: login.finishLoginRequest },
    }),
  );
  await must(ask(member.origin, identity.deleteAccount, { ...as, body: { confirmation } }));
}

async function vacuum(dataDir: string): Promise<void> {
  const address = await findRunning({ dataDir, cluster: "named" });
  const database = new pg.Client(address ?? {});
  await database.connect();
  await database.query("vacuum full");
  await database.query("checkpoint");
  await database.end();
}
