/**
 * What a person does in Reflect and Learn to leave a word in each place that is theirs alone, and which texts and
 * exercises they open meanwhile. A page once kept is opened as a screen of the app and by its address.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { addInstrument } from "#reflect/instrument/contract.ts";
import { ask, must, type Member } from "./member.ts";

const HOME = join(import.meta.dirname, "..");
const TITLE = "Nine neutral items, shaped like a LOINC panel";

/** Gives another word at each call. */
export type Secret = () => string;

/** Exercises that ask in writing in every way there is: lists, pairs, lines, cards and things of one's own. */
const EXERCISES = ["safety-plan", "stir-the-pot", "founding-values", "four-s"];
const TEXTS = [
  "learn/topics/litigation",
  "learn/lessons/moral-injury",
  "learn/programmes/burnout-attending",
];

/** Only who knows what was opened, or that a questionnaire was answered, could have written these down. */
export const OPENED: readonly string[] = [
  "safety-plan",
  "stir-the-pot",
  "founding-values",
  "moral-injury",
  "topics/litigation",
  "burnout-attending",
  "A plan for dark hours",
  "QuestionnaireResponse",
];

/** As a steward does once, for all members. */
export async function addQuestionnaire({ origin, cookie }: Member): Promise<void> {
  const file = join(HOME, "src/reflect/instrument/fixtures/phq-9.json");
  const questionnaire = await readFile(file, "utf8");
  const licence = { by: "Nobody", terms: "Made for proofs.", on: "2026-11-22" };
  const body = { questionnaire, licence, protocolReady: false };
  await must(ask(origin, addInstrument, { cookie, body }));
}

/** From then on the app comes from the device. */
export async function waitUntilKept(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  // The page that brought the app in is not yet answered by what it keeps.
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** Every place of Reflect and Learn that takes a word. Someone has joined, and has one check-in. */
export async function fillReflecting(page: Page, secret: Secret): Promise<void> {
  await writeJournal(page, secret);
  for (const exercise of EXERCISES) await fillExercise(page, exercise, secret);
  await markEvent(page, secret);
  await answerQuestionnaire(page);
  await read(page, secret);
  // What is written at leaving goes out a moment later.
  await page.goto("/today");
  await page.waitForTimeout(1500);
}

async function writeJournal(page: Page, secret: Secret): Promise<void> {
  await page.goto("/reflect/journal");
  await page.getByRole("link", { name: "Write" }).click();
  await page.getByLabel("What is on your mind").fill(`It was ${secret()} again.`);
  await page.getByLabel("Tags").fill(`ward, ${secret()}`);
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.waitForURL("**/reflect/journal");
  await page.getByRole("searchbox").fill(secret());
  await page.getByText("Nothing found", { exact: false }).first().waitFor();
  // One that is begun and never kept: a draft.
  await page.goto("/reflect/journal/new");
  await page.getByLabel("What is on your mind").fill(`It was ${secret()} again.`);
  await page.waitForTimeout(800);
}

async function fillExercise(page: Page, id: string, secret: Secret): Promise<void> {
  const main = page.getByRole("main");
  await page.goto("/reflect/exercises");
  await page.getByRole("searchbox").fill(secret());
  await page.getByRole("searchbox").fill(id.replaceAll("-", " "));
  await page.goto(`/reflect/exercise/${id}`);
  await main.getByRole("link", { name: /^(Begin|Do it again)$/ }).click();
  const onward = main.getByRole("button", { name: /^(Next|Skip|Finish)$/ });
  for (;;) {
    await onward.waitFor();
    // A step's fields are there with its question, which may come after the ways on and back.
    const heading = await main.getByRole("heading", { level: 1 }).innerText();
    await fillStep(page, secret);
    const isLast = (await onward.innerText()) === "Finish";
    await onward.click();
    await main.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor({
      state: "detached",
    });
    if (isLast) return;
  }
}

/** What can be ticked is ticked, what can be written is written; a card of one's own is added. */
async function fillStep(page: Page, secret: Secret): Promise<void> {
  const main = page.getByRole("main");
  const ticks = main.getByRole("radio").or(main.getByRole("checkbox"));
  if ((await ticks.count()) > 0) await ticks.first().check({ force: true });
  const fields = await main.getByRole("textbox").all();
  for (const field of fields) await field.fill(`It was ${secret()} again`);
  const add = main.getByRole("button", { name: "Add", exact: true });
  if ((await add.count()) > 0) await add.first().click();
  // The safe is written to while somebody types, and not only at the end.
  if (fields.length > 0) await page.waitForTimeout(200);
}

async function markEvent(page: Page, secret: Secret): Promise<void> {
  await page.goto("/reflect/trend");
  await page.getByRole("button", { name: "Mark something" }).click();
  await page.getByRole("textbox", { name: "What happened" }).fill(`It was ${secret()} again`);
  await page.getByLabel("Day, or first day").fill("2026-06-20");
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

/** Answers are taps; the word that tells of them is the name of what they are kept as. */
async function answerQuestionnaire(page: Page): Promise<void> {
  await page.goto("/reflect");
  await page.getByRole("link", { name: TITLE }).click();
  const groups = page.getByRole("radiogroup");
  await groups.first().waitFor();
  for (const group of await groups.all())
    await group.getByRole("radio").nth(1).check({ force: true });
  await page.getByRole("button", { name: "Finish" }).click();
  await page.waitForURL("**/reflect/instrument/phq-9/*");
}

async function read(page: Page, secret: Secret): Promise<void> {
  await page.goto("/learn");
  await page.getByRole("searchbox").fill(secret());
  await page.getByText("Nothing found", { exact: false }).first().waitFor();
  await page.getByRole("searchbox").fill("litigation");
  await page.getByRole("list", { name: "Found" }).getByRole("link").first().click();
  await page.getByRole("heading", { name: "What to try next" }).waitFor();
  for (const text of TEXTS) {
    await page.goto(`/${text}`);
    await page.getByRole("heading", { name: "What to try next" }).scrollIntoViewIfNeeded();
    await page.waitForTimeout(300);
  }
}

/** What is searched for and opened, in either of two ways that nobody should be able to tell apart. */
export const OPENINGS = [
  { exercise: "A plan for dark hours", text: "litigation" },
  { exercise: "Stir the pot", text: "perfectionism" },
] as const;

export type Opening = (typeof OPENINGS)[number];

/** By what a person taps, so that no address of a page is asked for. */
export async function openExercise(page: Page, { exercise }: Opening): Promise<void> {
  await page.goto("/reflect/exercises");
  await page.getByRole("searchbox").fill(exercise);
  await page.getByRole("link", { name: exercise }).first().click();
  await page.getByRole("link", { name: /^Begin$/ }).waitFor();
}

/** As {@link openExercise} does it. */
export async function openText(page: Page, { text }: Opening): Promise<void> {
  await page.goto("/learn");
  await page.getByRole("searchbox").fill(text);
  await page.getByRole("list", { name: "Found" }).getByRole("link").first().click();
  await page.getByRole("heading", { name: "What to try next" }).waitFor();
}
