/** The weekly letter from the switch to the mailbox: the real queue, the real words, a real SMTP server. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { parse } from "yaml";
import { chooseWeeklyLetter, endLetter, readAccount } from "#identity/contract.ts";
import { sendWeeklyLetter } from "#identity/server/weekly-letter.ts";
import { readForbiddenWords } from "#library/content-file.ts";
import { forbiddenIn } from "#library/forbidden-words.ts";
import { redact } from "#platform/redacted.ts";
import { makeMail } from "#platform/server/mail.ts";
import { ORIGIN, withIdentity } from "../../../tests/identity.ts";
import { makeLetterTask } from "./letter-task.ts";

const CONTENT = join(import.meta.dirname, "../../../content");
const house = withIdentity();
let server: SMTPServer | null = null;
afterEach(() => new Promise<void>((done) => (server ? server.close(() => done()) : done())));

/** A mail server, and what came to it: the envelope's recipient and the text on the wire. */
async function mailbox() {
  const received: { to: string; text: string }[] = [];
  const made = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onData: (stream, session, done) => {
      let text = "";
      stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
      stream.on("end", () => {
        received.push({ to: session.envelope.rcptTo[0]!.address, text });
        done();
      });
    },
  });
  server = made;
  await new Promise<void>((ready) => made.listen(0, "127.0.0.1", ready));
  const { port } = made.server.address() as { port: number };
  return { received, smtpUrl: redact(`smtp://127.0.0.1:${port}`) };
}

/** What the job runner does with each row of the queue. */
async function deliver(smtpUrl: ReturnType<typeof redact<string>>): Promise<void> {
  const config = { dataDir: "/nowhere", mail: { smtpUrl, from: "front-desk@room.example.org" } };
  const mail = makeMail(config, () => ORIGIN);
  const task = await makeLetterTask(join(CONTENT, "letters"), house.letterKey, mail);
  const { rows } = await house.cluster.owner.query<{ payload: Record<string, unknown> }>(
    "select payload from graphile_worker._private_jobs order by id",
  );
  for (const { payload } of rows) await task({ payload, attempt: 1 });
  mail.close();
}

/** Folded headers and soft line breaks, as a mail program undoes them. */
const unfolded = (text: string): string =>
  text
    .replace(/\r\n[ \t]+/g, " ")
    .replace(/=\r\n/g, "")
    .replaceAll("=3D", "=");

test("what reaches the mailboxes is one letter, that tells a colleague nothing and is ended by one POST", async () => {
  const people = [await house.join(), await house.join(["coach"])];
  for (const { token } of people)
    await house.must(chooseWeeklyLetter, { token, body: { wanted: true } });
  await sendWeeklyLetter({ ...house.deps, zone: () => Promise.resolve("Europe/Berlin") });
  const { received, smtpUrl } = await mailbox();
  await deliver(smtpUrl);

  expect(received.map(({ to }) => to).toSorted()).toEqual(
    people.map(({ email }) => email).toSorted(),
  );
  const letters = received.map(({ text }) => unfolded(text));
  const ends = letters.map((text) =>
    /^List-Unsubscribe: <(https:\/\/\S+\/([0-9a-f]{88}))>\r$/m.exec(text)!,
  );
  const [one, other] = letters.map((text, nth) =>
    text.replaceAll(ends[nth]![2]!, "END").replace(/^(To|Date|Message-ID): .*$/gm, "$1"),
  );
  expect(one).toBe(other);
  expect(one).toContain("From: Front desk <front-desk@room.example.org>");
  expect(one).toContain("Subject: A quiet moment this week");
  expect(one).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  expect(one).toContain(`${ORIGIN}/letter#END`);

  const words = readForbiddenWords(
    parse(await readFile(join(CONTENT, "words-not-to-use.yaml"), "utf8")),
  );
  if (!words.ok) throw new Error("The list of words could not be read");
  expect(forbiddenIn(one!, words.value.discreet)).toEqual([]);
  expect(forbiddenIn(`${one!} circle`, words.value.discreet)).toHaveLength(1);

  const ended = received.findIndex(({ to }) => to === people[0]!.email);
  const posted = await house.app.inject({
    method: endLetter.method,
    url: ends[ended]![1]!.slice(ORIGIN.length),
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: "List-Unsubscribe=One-Click",
  });
  expect(posted.statusCode).toBe(200);
  const wanted = await Promise.all(
    people.map(async ({ token }) => (await house.must(readAccount, { token })).weeklyLetter),
  );
  expect(wanted).toEqual([false, true]);
});
