/**
 * Sends letters over SMTP, or writes them as .eml into a folder where no server is set. Sender, subject and
 * headers say nothing a colleague may not see; no message id or header carries an account.
 */
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import nodemailer from "nodemailer";
import { reveal } from "../redacted.ts";
import type { Config } from "./config.ts";

interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly calendar?: { readonly method: "REQUEST" | "CANCEL"; readonly text: string };
  /** Ends a letter that comes again and again, by one POST (RFC 8058). */
  readonly endAt?: string;
}

export interface Mail {
  /** Resolves when the server, or the disk, has taken it. */
  readonly send: (message: Message) => Promise<void>;
  readonly close: () => void;
}

export function makeMail(config: Pick<Config, "mail" | "dataDir">, origin: () => string): Mail {
  const { smtpUrl, from } = config.mail;
  const transport =
    smtpUrl === null
      ? nodemailer.createTransport({ streamTransport: true, buffer: true, newline: "crlf" })
      : nodemailer.createTransport(reveal(smtpUrl), {});
  return {
    send: async (message) => {
      const domain = new URL(origin()).hostname;
      const sent = await transport.sendMail({
        // Not "Callroom": whoever knows the name knows what it is for.
        from: { name: "Front desk", address: from },
        to: message.to,
        subject: message.subject,
        text: message.text,
        messageId: `<${randomUUID()}@${domain}>`,
        headers: {
          "Auto-Submitted": "auto-generated",
          ...(message.endAt === undefined
            ? {}
            : {
                "List-Unsubscribe": `<${message.endAt}>`,
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
              }),
        },
        xMailer: false,
        disableFileAccess: true,
        disableUrlAccess: true,
        ...(message.calendar
          ? {
              icalEvent: {
                method: message.calendar.method,
                content: message.calendar.text,
                filename: "hold.ics",
              },
            }
          : {}),
      });
      if (smtpUrl === null)
        await keep(join(config.dataDir, "mail"), (sent as unknown as { message: Buffer }).message);
    },
    close: () => transport.close(),
  };
}

async function keep(folder: string, message: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = join(folder, `${Date.now()}-${randomUUID().slice(0, 8)}`);
  await writeFile(`${name}.part`, message, { mode: 0o600 });
  await rename(`${name}.part`, `${name}.eml`);
}
