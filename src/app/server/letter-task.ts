/** The job that sends letters: opens what was sealed into the queue, fills the template, hands it to the mail. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { parse } from "yaml";
import type { Redacted } from "#platform/redacted.ts";
import type { Job } from "#platform/server/jobs.ts";
import { openLetter } from "#platform/server/letters.ts";
import type { Mail } from "#platform/server/mail.ts";
import { letterSchema, writeLetter, type Letter } from "#library/letter.ts";

export async function makeLetterTask(folder: string, key: Redacted<Uint8Array>, mail: Mail) {
  const templates = new Map<string, Letter>();
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".yaml")) continue;
    const template = v.parse(letterSchema, parse(await readFile(join(folder, name), "utf8")));
    templates.set(template.id, template);
  }
  return async ({ payload }: Job): Promise<void> => {
    const letter = openLetter(key, String(payload["sealed"]));
    if (!letter) throw new Error("A letter could not be opened");
    const template = templates.get(letter.template);
    if (!template) throw new Error("A letter has no template");
    const written = writeLetter(template, letter.fields);
    if (!written.ok) throw new Error("A letter lacks a field");
    await mail.send({
      to: letter.to,
      ...written.value,
      ...(letter.calendar ? { calendar: letter.calendar } : {}),
      ...(letter.endAt === undefined ? {} : { endAt: letter.endAt }),
    });
  };
}
