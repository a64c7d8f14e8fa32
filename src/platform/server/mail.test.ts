/** Letters over a real SMTP connection, and into the folder where there is no server. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { redact } from "../redacted.ts";
import { makeMail } from "./mail.ts";

let dataDir: string;
let server: SMTPServer | null = null;
const received: string[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "callroom-mail-"));
  received.length = 0;
});
afterEach(async () => {
  await new Promise<void>((resolve) => (server ? server.close(resolve) : resolve()));
  server = null;
  await rm(dataDir, { recursive: true, force: true });
});

async function listen(refuses = false): Promise<string> {
  const made = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onRcptTo: (_address, _session, done) => done(refuses ? new Error("Mailbox full") : null),
    onData: (stream, _session, done) => {
      let text = "";
      stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
      stream.on("end", () => {
        received.push(text);
        done();
      });
    },
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  const { port } = made.server.address() as { port: number };
  return `smtp://127.0.0.1:${port}`;
}

const mailOver = (smtpUrl: string | null) =>
  makeMail(
    {
      dataDir,
      mail: { smtpUrl: smtpUrl === null ? null : redact(smtpUrl), from: "front-desk@room.example" },
    },
    () => "https://room.example",
  );

const letter = { to: "robin@home.example", subject: "A time is held", text: "Tuesday at nine.\n" };

test("a letter reaches an SMTP server with a neutral sender and nothing of the account", async () => {
  const mail = mailOver(await listen());
  await mail.send({
    ...letter,
    calendar: { method: "REQUEST", text: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" },
  });
  mail.close();
  const [text = ""] = received;
  expect(text).toContain("From: Front desk <front-desk@room.example>");
  expect(text).toContain("To: robin@home.example");
  expect(text).toContain("Subject: A time is held");
  expect(text).toContain("method=REQUEST");
  expect(text).not.toMatch(/callroom|x-mailer/i);
});

test("a letter that can be ended says where, in the two headers of RFC 8058, and any other has neither", async () => {
  const endAt = `https://room.example/api/public/letters/${"x".repeat(59)}`;
  const mail = mailOver(await listen());
  await mail.send({ ...letter, endAt });
  await mail.send(letter);
  mail.close();
  const [text = "", other = ""] = received;
  // A header may be folded before its value (RFC 5322, section 2.2.3); the address itself stays in one piece.
  expect(text.replace(/\r\n[ \t]+/g, " ")).toContain(`List-Unsubscribe: <${endAt}>\r\n`);
  expect(text).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
  expect(other).not.toMatch(/unsubscribe/i);
});

test("a refusal of the mail server is an error, so that the job is tried again", async () => {
  const mail = mailOver(await listen(true));
  await expect(mail.send(letter)).rejects.toThrow();
  mail.close();
  expect(received).toEqual([]);
});

test("without a server the letter lies in a folder, whole or not at all", async () => {
  await mailOver(null).send(letter);
  const names = await readdir(join(dataDir, "mail"));
  expect(names).toHaveLength(1);
  expect(names[0]).toMatch(/\.eml$/);
  expect(await readFile(join(dataDir, "mail", names[0]!), "utf8")).toContain("Tuesday at nine.");
});

test("a line break in a subject can't add a header", async () => {
  await mailOver(null).send({ ...letter, subject: "A time\r\nBcc: other@home.example" });
  const [name = ""] = await readdir(join(dataDir, "mail"));
  const head = (await readFile(join(dataDir, "mail", name), "utf8")).split("\r\n\r\n")[0]!;
  expect(head).not.toMatch(/^bcc:/im);
});
