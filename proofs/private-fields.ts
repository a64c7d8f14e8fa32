/** What a person does in the app to leave a word in each of its private places. */
import type { Page } from "@playwright/test";
import { invite, nextNpi } from "./community.ts";
import type { Member } from "./member.ts";

/** Each call gives another word, which occurs nowhere else. */
export interface Words {
  /** To be found nowhere. */
  readonly secret: () => string;
  /** The server is told, and keeps it sealed. */
  readonly claimed: () => string;
  /** In a circle's log, which the server reads with the members. */
  readonly named: () => string;
}

/** Joins, then writes a word into every private field outside the circles. */
export async function fillOwnRooms(
  page: Page,
  steward: Member,
  round: number,
  { secret, claimed }: Words,
): Promise<void> {
  const write = async (label: string | RegExp): Promise<void> =>
    page.getByLabel(label).first().fill(`It was ${secret()} again.`);
  await page.goto(`/join#${await invite(steward, `member${round}@proof.example`)}`);
  await page.getByLabel("What should we call you?").fill(`Member ${round}`);
  await page.getByText("Attending or consultant").click();
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("Passphrase", { exact: true }).fill(`${secret()} as a passphrase`);
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
    await page.getByRole("textbox").first().fill(`Kept for me: ${secret()}.`);
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

  await page.goto("/account/verification/by/document");
  await page.getByLabel("NPI", { exact: true }).fill(nextNpi());
  await page.getByLabel("Given names on the licence").fill(claimed());
  await page.getByLabel("Family name on the licence").fill(claimed());
  await page.getByLabel("The document").setInputFiles({
    name: `${secret()}.pdf`,
    mimeType: "application/pdf",
    buffer: Buffer.from(`%PDF-1.7\n% ${secret()}\n%%EOF\n`),
  });
  await page.getByRole("button", { name: "Seal and send" }).click();
  await page.getByText("A steward opens your document and decides").waitFor();
}

/** From the form to waiting. Tuesday's second hour is block 4. */
export async function fillWaiting(page: Page, { secret }: Words): Promise<void> {
  await page.goto("/circles");
  await page.getByText("Tired past what sleep mends").click();
  await page.getByText("Attending or consultant").click();
  await page
    .getByRole("checkbox", { name: /^Tuesday/ })
    .nth(1)
    .check({ force: true });
  await page.getByText("Not with anybody from my employer").click();
  await page.getByLabel("Your employer's name").fill(secret());
  await page.getByText("I'll keep to this.").click();
  await page.getByRole("button", { name: "Wait for a circle" }).click();
  await page.getByText("You are waiting for a circle").waitFor();
}

/** In the circle's hour, after somebody else has said `heard`. */
export async function fillRoom(page: Page, heard: string, words: Words): Promise<void> {
  const { secret, named } = words;
  const box = page.getByLabel("Write to the circle");
  const say = async (word: string): Promise<void> => {
    await box.fill(word);
    await box.press("Enter");
    await page.getByText(word).first().waitFor();
  };
  const doTo = async (word: string, doing: string): Promise<void> => {
    const post = page.getByRole("main").locator("li", { hasText: word }).first();
    const button = post.getByRole("button", { name: doing, exact: true });
    if (!(await button.isVisible())) await post.locator("summary").click();
    await button.click();
  };

  await page.goto("/circles/room");
  await page.getByText(heard, { exact: true }).first().waitFor();
  const first = secret();
  await say(first);
  await doTo(first, "Change");
  await say(secret());
  await doTo(heard, "Answer");
  await say(secret());

  await doTo(heard, "Report");
  await page.getByLabel(/Anything they should know/).fill(secret());
  await page.getByRole("button", { name: "Send the report" }).click();
  await page.getByText(/^The report is with the stewards/).waitFor();

  await page.getByRole("button", { name: "People and your seat" }).click();
  const name = named();
  await page.getByLabel("Another name").fill(name);
  await page.getByRole("button", { name: "Use this name" }).click();
  await page.getByText(` goes by ${name}.`).waitFor({ state: "attached" });
  await page.keyboard.press("Escape");

  await page.goto("/circles/live");
  await page.getByRole("button", { name: /^Come in by text/ }).click();
  await say(secret());

  await page.goto("/circles/room");
  // One that is typed and never sent: a draft.
  await box.fill(secret());
  await page.waitForTimeout(1500);
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
    if ((await page.getByRole("textbox").count()) > 0) await write();
    const button = main.getByRole("button", { name: onward ?? answers[1]!, exact: true });
    // On a slow machine the next question may come between looking and tapping.
    const isTapped = await button.click({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
    if (isTapped) before = text;
  }
}
