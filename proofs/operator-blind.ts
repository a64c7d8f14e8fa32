/**
 * Nobody but you reads what you write for yourself: a real browser fills every private field of the app with
 * words that occur nowhere else; then the database's files and tables, a backup, the logs, the mail and every
 * request the browser sent are searched for them. The control is the same kind of word in a coach's public
 * story: the search must find that one, in the tables and in the files.
 */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium, type Page } from "@playwright/test";
import { findBrowser } from "../bin/browser.ts";
import { addCoach, invite } from "./community.ts";
import { freePort, makeDataDir, removeDataDir, startInstance } from "./instance.ts";
import { setUp, type Member } from "./member.ts";
import type { Proof } from "./proof.ts";
import { checkpoint, inBytes, searchFiles, searchTables } from "./traces.ts";

const run = promisify(execFile);
const HOME = join(import.meta.dirname, "..");

export const prove: Proof = async ({ small, log }) => {
  const rounds = small ? 1 : 5;
  const canaries: string[] = [];
  const canary = (): string => {
    const word = `canary${randomBytes(9).toString("hex")}`;
    canaries.push(word);
    return word;
  };
  const open = `control${randomBytes(9).toString("hex")}`;
  const executablePath = await findBrowser();
  if (executablePath === null) throw new Error("No Chromium could be had for this proof");
  const dataDir = await makeDataDir();
  const instance = await startInstance({ dataDir, port: await freePort() });
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
  });
  const sent: Buffer[] = [];
  try {
    const steward = await setUp(instance.origin, instance.setUpToken!);
    const coach = await addCoach(steward, "Imogen", `My story holds the word ${open}.`);
    let fields = 0;
    for (let round = 0; round < rounds; round++) {
      const context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        baseURL: instance.origin,
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      page.on("request", (request) => {
        sent.push(
          Buffer.from(`${request.url()} ${JSON.stringify(request.headers())} `),
          request.postDataBuffer() ?? Buffer.alloc(0),
        );
      });
      fields += await fillEverything(page, steward, round, canary);
      await context.close();
      log(`round ${round + 1} of ${rounds}: ${fields} private fields filled`);
    }
    void coach;

    await checkpoint(dataDir);
    const rows = await searchTables(dataDir, [...canaries, open]);
    const backup = join(dataDir, "backup");
    const passphraseFile = `${dataDir}.passphrase`;
    await writeFile(passphraseFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
    await run(process.execPath, ["bin/command-line.ts", "backup", backup], {
      cwd: HOME,
      env: {
        ...process.env,
        CALLROOM_CONFIG: "",
        CALLROOM_DATA_DIR: dataDir,
        CALLROOM_BACKUP_PASSPHRASE_FILE: passphraseFile,
      },
    });
    await rm(passphraseFile);
    await instance.stop();
    const files = await searchFiles(dataDir, [...canaries, open]);
    const written = inBytes("log", Buffer.from(instance.output()), canaries);
    const requests = sent.flatMap((bytes) => inBytes("request", bytes, canaries));
    const isPrivate = ({ word }: { word: string }) => word !== open;
    const found = [...rows.filter(isPrivate), ...files.filter(isPrivate), ...written, ...requests];
    for (const { where } of found.slice(0, 5)) log(`found in ${where}`);
    const inRows = rows.some(({ word }) => word === open);
    const inFiles = files.some(({ word }) => word === open);
    return {
      holds: found.length === 0 && fields > 0,
      control: inRows && inFiles ? "caught" : "missed",
      size: canaries.length,
      figures: {
        fields,
        canaries: canaries.length,
        found: found.length,
        requestsSearched: sent.length / 2,
        filesWithControl: files.length,
      },
    };
  } finally {
    await browser.close();
    if (instance.process.exitCode === null) await instance.stop();
    await removeDataDir(dataDir);
  }
};

/** Joins, then writes a canary into every private field there is; gives how many. */
async function fillEverything(
  page: Page,
  steward: Member,
  round: number,
  canary: () => string,
): Promise<number> {
  let fields = 0;
  const write = async (label: string | RegExp): Promise<void> => {
    await page.getByLabel(label).first().fill(`It was ${canary()} again.`);
    fields += 1;
  };
  await page.goto(`/join#${await invite(steward, `member${round}@proof.example`)}`);
  await page.getByLabel("What should we call you?").fill(`Member ${round}`);
  await page.getByText("Attending or consultant").click();
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("Passphrase", { exact: true }).fill(`${canary()} as a passphrase`);
  fields += 1;
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "I have it on paper" }).waitFor();
  const phrase = await page.locator("ol[translate=no] li").allTextContents();
  await page.getByRole("button", { name: "I have it on paper" }).click();
  for (const field of await page.getByLabel(/^Word \d+$/).all()) {
    const label = await field.evaluate(
      (element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? "",
    );
    await field.fill(phrase[Number(/\d+/.exec(label)![0]) - 1]!);
  }
  await page.getByRole("button", { name: "Next" }).click();
  await page.waitForURL("**/today");

  await page.goto("/reflect/check-in");
  await page.getByRole("button", { name: "Begin" }).click();
  await answerEverything(page, async () => {
    await page.getByRole("textbox").first().fill(`Kept for me: ${canary()}.`);
    fields += 1;
  });

  await page.goto("/coach/match");
  await page.getByText("The tank is empty").click();
  await write(/Where you work/);
  await write(/People you must not meet/);
  await write(/Other places/);
  await page.getByRole("button", { name: "Show me three" }).click();
  await page.getByRole("link", { name: "Imogen" }).first().click();
  await page.waitForURL("**/coach/with/*");
  await page.getByRole("link", { name: "Choose a time" }).click();
  await page
    .locator("button[aria-pressed]")
    .nth(2 + round)
    .click();
  await page
    .locator('[aria-label^="Times on"] button')
    .nth(round * 3)
    .click();
  await page.getByRole("button", { name: "I agree" }).click();
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.waitForURL("**/coach/sessions");
  await page.getByRole("link", { name: "Messages" }).click();
  await write("Message");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("main").getByRole("listitem").first().waitFor();
  // One that is typed and never sent: a draft.
  await write("Message");
  await page.waitForTimeout(1500);
  return fields;
}

/** One tap a question, to the end; `write` fills the field for one's own words when it comes. */
async function answerEverything(page: Page, write: () => Promise<void>): Promise<void> {
  const main = page.getByRole("main");
  let before = "";
  for (let tries = 0; tries < 2000 && !page.url().includes("/result"); tries++) {
    const text = await main.innerText();
    const names = await main.getByRole("button").allInnerTexts();
    const answers = names.filter((name) => !["Back", "Skip", "Crisis lines"].includes(name));
    const onward = answers.find((name) => /^(Go on|Next|Finish)$/.test(name));
    if (text === before || (answers.length < 4 && onward === undefined)) {
      await page.waitForTimeout(50);
      continue;
    }
    before = text;
    if ((await page.getByRole("textbox").count()) > 0) await write();
    await main.getByRole("button", { name: onward ?? answers[1]!, exact: true }).click();
  }
}
