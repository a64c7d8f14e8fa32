/**
 * A steward adds a questionnaire by its file and its right; a member fills it in, also without a connection, and is
 * shown the crisis lines by one answer alone; the answers go along as FHIR; the log tells that it was added.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { comeAs, expect, signInThrough, test, type Visitor } from "./house.ts";

const FIXTURE = join(import.meta.dirname, "../../src/reflect/instrument/fixtures/phq-9.json");
const TITLE = "Nine neutral items, shaped like a LOINC panel";
const ANSWERS = ["Never, in this fixture", "On some days", "On most days", "On nearly all days"];

const file = (name: string, text: string) => ({
  name,
  mimeType: "application/json",
  buffer: Buffer.from(text),
});

/** Gives the nine items these answers, by their places. */
async function answer({ page }: Visitor, places: readonly number[]): Promise<void> {
  for (const [index, place] of places.entries()) {
    const group = page.getByRole("radiogroup", { name: `Neutral statement ${index + 1} of nine` });
    await group.getByText(ANSWERS[place]!, { exact: true }).click();
  }
}

test("a questionnaire is added, filled in, kept, compared and taken along", async ({ house }) => {
  const text = await readFile(FIXTURE, "utf8");
  const desk = await house.visit("desktop");
  const phone = await house.visit("phone", { dark: true });
  const { page: stewards } = desk;
  const { page } = phone;
  await signInThrough(desk, house.steward.email, house.steward.passphrase);
  await comeAs(phone, house, {
    name: "Ines",
    email: "ines@proof.example",
    passphrase: "four plain words kept",
  });

  await test.step("a community without any says nothing of it in Reflect", async () => {
    await page.goto("/reflect");
    await expect(page.getByRole("heading", { name: "Journal" })).toBeVisible();
    await expect(page.getByText(TITLE)).toHaveCount(0);
  });

  await test.step("a file that doesn't fit is refused item by item, before it is sent", async () => {
    await stewards.goto("/stewardship");
    await stewards.getByRole("link", { name: "Questionnaires" }).click();
    const field = stewards.getByLabel("The file");
    await field.setInputFiles(file("x.json", text.replaceAll("44260-8", "99999-9")));
    await expect(stewards.getByText("It can't be added as it is")).toBeVisible();
    await expect(stewards.getByText(/an item is missing.*44260-8/)).toBeVisible();
    await desk.look("instruments-refused");
  });

  await test.step("one that fits is shown, and waits for whoever says that it may be used", async () => {
    await stewards.getByLabel("The file").setInputFiles(file("phq-9.json", text));
    await expect(stewards.getByText("It fits the scorer for PHQ-9")).toBeVisible();
    await stewards.getByText("Its 10 questions").click();
    await desk.look("instruments-fits");
    await stewards.getByRole("button", { name: "Add for all members" }).click();
    await expect(stewards.getByText("Somebody has to say so.")).toBeVisible();
    await stewards.getByLabel("Who says that it may be used here").fill("Lanternside library");
    await stewards.getByLabel("Under which terms").fill("Made for tests, free for all.");
    await stewards.getByLabel("Found to be so on").fill("2026-11-22");
    await stewards.getByRole("button", { name: "Add for all members" }).click();
    await expect(stewards.getByRole("heading", { level: 3, name: TITLE })).toBeVisible();
    await desk.look("instruments-added");
  });

  await test.step("the member finds it, is told first who hears of it, and may skip", async () => {
    await page.reload();
    await page.getByRole("link", { name: TITLE }).click();
    await expect(page.getByText("Nobody is told of what you answer")).toBeVisible();
    await page.getByText("What it is and who says it may be used").click();
    await expect(page.getByText("Lanternside library")).toBeVisible();
    await phone.look("instrument");
    await answer(phone, [2, 2, 2, 1]);
    await page.getByRole("button", { name: /^Take the answer back: Neutral statement 4/ }).click();
    await expect(page.getByText("3 of 9 answered")).toBeVisible();
    await answer(phone, [2, 2, 2, 1]);
    await expect(page.getByText("4 of 9 answered")).toBeVisible();
    await page.reload();
    await expect(page.getByText("4 of 9 answered")).toBeVisible();
    await page.getByRole("button", { name: "Start over" }).click();
    await expect(page.getByText("0 of 9 answered")).toBeVisible();
    await page.getByRole("button", { name: "Bring it back" }).click();
    await expect(page.getByText("4 of 9 answered")).toBeVisible();
    await page.getByRole("button", { name: "Finish" }).click();
    await page.waitForURL("**/reflect/instrument/phq-9/*");
    await expect(page.getByText("Not scored: 4 of 9 were answered")).toBeVisible();
    await phone.look("instrument-not-scored");
  });

  await test.step("without a connection it is filled in again, and one answer opens the panel", async () => {
    await phone.context.setOffline(true);
    await page.getByRole("link", { name: "Fill it in again" }).click();
    await answer(phone, [0, 0, 0, 0, 0, 0, 0, 0, 1]);
    await expect(page.getByText("Nobody has been told", { exact: false }).first()).toBeVisible();
    // A condition: the tenth is asked once the ninth was answered.
    await expect(page.getByText("A neutral statement that is in no score")).toBeVisible();
    await phone.look("instrument-care");
    await page.getByRole("button", { name: "Finish" }).click();
    await expect(page.getByText("1 on a scale from 0 to 27.")).toBeVisible();
    await phone.context.setOffline(false);
  });

  await test.step("a third one says what moved, by keyboard alone", async () => {
    await page.getByRole("link", { name: "Fill it in again" }).click();
    await page.getByRole("radio").first().focus();
    for (let item = 0; item < 9; item++) {
      await page.keyboard.press("Space");
      for (let place = 0; place < 2; place++) await page.keyboard.press("ArrowDown");
      // Past the button that takes the answer back.
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
    }
    await expect(page.getByText("9 of 10 answered")).toBeVisible();
    await page.getByRole("button", { name: "Finish" }).press("Enter");
    await expect(page.getByText("18 on a scale from 0 to 27.")).toBeVisible();
    await expect(page.getByText(/Worse than on .*, by 17\./)).toBeVisible();
    await phone.look("instrument-result");
  });

  await test.step("the answers go along as FHIR", async () => {
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as a FHIR file" }).click();
    const saved = await (await saving).path();
    const response = JSON.parse(await readFile(saved, "utf8")) as {
      readonly resourceType: string;
      readonly item: readonly unknown[];
      readonly contained: readonly { readonly valueQuantity: { readonly value: number } }[];
    };
    expect(response.resourceType).toBe("QuestionnaireResponse");
    expect(response.item).toHaveLength(9);
    expect(response.contained[0]!.valueQuantity.value).toBe(18);
  });

  await test.step("taken off, it is gone from Reflect; what was answered stays", async () => {
    const takeOff = stewards.getByRole("button", { name: `Take off ${TITLE}` });
    await takeOff.click();
    await expect(stewards.getByText("None yet")).toBeVisible();
    await stewards.getByRole("button", { name: "Put it back" }).click();
    await takeOff.click();
    await expect(stewards.getByText("None yet")).toBeVisible();
    await page.reload();
    await expect(page.getByText("18 on a scale from 0 to 27.")).toBeVisible();
    await page.goto("/reflect");
    await expect(page.getByRole("link", { name: TITLE })).toHaveCount(0);
    await page.goto("/account/decisions");
    await expect(page.getByText("A questionnaire was added for all members.")).toHaveCount(2);
    await expect(page.getByText("A questionnaire was taken off.")).toHaveCount(2);
  });
});
