/**
 * Deleted is gone: after an account's deletion no row, file of the mail or log line carries its id, its address, its
 * name or its ciphertext, and nothing that its doctor said in a circle stands there, if they took it back first, as the
 * app asks them. Who chose to let it stand has it there still. Free space of the databases is vacuumed first, as it is
 * every day in use. The control searches for the same before the deletion, and must find them.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { client, ready } from "@serenity-kit/opaque";
import pg from "pg";
import * as identity from "#identity/contract.ts";
import { openSpace, readSpaces, sendMessage } from "#coaching/space/contract.ts";
import { findRunning } from "#platform/server/embedded-postgres.ts";
import { writeRecord } from "#vault/contract.ts";
import { launchBrowser, openPage, signIn } from "./bent-browser.ts";
import { addCoach, addMember, agree, book, freeStarts } from "./community.ts";
import { wait, type Doctor } from "./doctor.ts";
import { lettersIn, makeDataDir, removeDataDir } from "./instance.ts";
import { ask, must, newId, type Member } from "./member.ts";
import { CROWD, FIRST_DAY, giveBadges, startGround, type Ground } from "./nameless-ground.ts";
import type { Proof } from "./proof.ts";
import { enterRoom, hand, hear, sealed, sitDown } from "./room.ts";
import { inBytes, searchFiles, searchTables, type Trace } from "./traces.ts";

export const prove: Proof = async ({ small, log }) => {
  const count = small ? 3 : 20;
  const dataDir = await makeDataDir();
  const ground = await startGround(dataDir, CROWD, { signingIn: 2 });
  const { instance, steward } = ground;
  const browser = await launchBrowser();
  try {
    await giveBadges(ground);
    const coach = await addCoach(steward, "Coach");
    const starts = await freeStarts(steward, coach, 14, instance.now());
    const leavers: { member: Member; words: string[] }[] = [];
    for (let n = 0; n < count; n++)
      leavers.push(await live(steward, coach, starts[60 + n * 4]!, n));
    await lettersIn(dataDir, count);
    const page = await openPage(browser, instance);
    const circle = await talk(ground, page);
    const standing = circle.standing.sealed;
    const words = [
      ...leavers.flatMap((leaver) => leaver.words),
      ...circle.takenBack.sealed,
      ...[circle.takenBack, circle.standing].flatMap(({ doctor }) => traceOf(doctor.member)),
    ];
    const before = await searchTables(dataDir, [...words, ...standing]);
    log(`${words.length} traces to look for; ${before.length} found before the deletion`);

    await leaveInBrowser(page, circle.takenBack.doctor);
    for (const { member } of [...leavers, circle.standing.doctor]) await leave(member);
    await vacuum(dataDir);
    const rows = await searchTables(dataDir, [...words, ...standing]);
    const written = inBytes("log", Buffer.from(instance.output()), words);
    await browser.close();
    await instance.stop();
    // Letters that were delivered are the receiver's; the folder stands for their mailboxes. The write-ahead
    // log is recycled as the database goes on; both are named in THREATS.md. Tables and logs are ours.
    const files = (await searchFiles(dataDir, words)).filter(isOurs);
    const isToGo = ({ word }: Trace) => !standing.includes(word);
    const left = [...rows.filter(isToGo), ...written, ...files];
    for (const { where } of left.slice(0, 5)) log(`left in ${where}`);
    const isIn = (word: string, traces: readonly Trace[]) =>
      traces.some((trace) => trace.word === word);
    return {
      holds: left.length === 0 && standing.every((word) => isIn(word, rows)),
      // Addresses are sealed, and found nowhere even before.
      control:
        before.length >= 2 * count && circle.takenBack.sealed.every((word) => isIn(word, before))
          ? "caught"
          : "missed",
      size: count + 2,
      figures: {
        traces: words.length,
        foundBefore: before.length,
        leftInRows: rows.filter(isToGo).length,
        leftInFiles: files.length,
        leftInLogs: written.length,
        messagesTakenBack: circle.takenBack.sealed.length,
        messagesLeftByChoice: standing.length,
      },
    };
  } finally {
    await browser.close();
    if (instance.process.exitCode === null) await instance.stop();
    await removeDataDir(dataDir);
  }
};

const isOurs = ({ where }: Trace): boolean =>
  !where.startsWith(join("mail", "")) && !where.includes("pg_wal");

const traceOf = ({ account, email }: Member): string[] => [account, email];

interface Spoken {
  readonly doctor: Doctor;
  /** The beginnings of what lies on the server. */
  readonly sealed: readonly string[];
}

/** Two who will go: one says things in a browser, the other without one. */
async function talk(
  { instance, doctors }: Ground,
  page: Page,
): Promise<{ readonly takenBack: Spoken; readonly standing: Spoken }> {
  const [first, second, third] = doctors as [Doctor, Doctor, Doctor];
  for (const doctor of doctors.slice(0, 6)) await wait(doctor);
  await instance.runTask("form-circles");
  const sitting = (await sitDown(second))!;
  const room = await enterRoom(sitting, FIRST_DAY);
  await must(hand(sitting, sealed(sitting, room, "I will go, and this may stay.")));
  await signIn(page, first.member);
  await page.goto("/circles/room");
  await page.getByRole("button", { name: /Go in$/ }).click();
  for (const text of ["I never said this before.", "And this neither."]) {
    await page.getByLabel("Write to the circle").fill(text);
    await page.getByLabel("Write to the circle").press("Enter");
    await page.getByText(text).first().waitFor();
  }
  const listener = (await sitDown(third))!;
  // On its screen a message stands before the server has it.
  for (let tries = 0; ; tries++) {
    const heard = await hear(listener, await enterRoom(listener, FIRST_DAY));
    if (heard.length < 3 && tries < 100) continue;
    const [standing, ...takenBack] = heard.map(({ message }) => message.sealed.slice(0, 64));
    return {
      takenBack: { doctor: first, sealed: takenBack },
      standing: { doctor: second, sealed: [standing!] },
    };
  }
}

/** As the app asks: what was said goes first, and then the account. */
async function leaveInBrowser(page: Page, { member }: Doctor): Promise<void> {
  await page.goto("/account");
  await page.getByLabel("Type DELETE to go on").fill("DELETE");
  await page.getByRole("button", { name: "Delete my account" }).click();
  await page.getByRole("button", { name: "Take my words back and leave the circle" }).click();
  await page.getByRole("button", { name: "Go on and delete the account" }).click();
  await page.getByLabel("Passphrase", { exact: true }).fill(member.passphrase);
  await page.getByRole("button", { name: "Go on", exact: true }).click();
  await page.getByText("Your account is gone.").waitFor();
}

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
  for (const cluster of ["named", "nameless"] as const) {
    const address = await findRunning({ dataDir, cluster });
    const database = new pg.Client(address ?? {});
    await database.connect();
    await database.query("vacuum full");
    await database.query("checkpoint");
    await database.end();
  }
}
