/** The journal: begun, left, kept, found, changed, deleted and brought back, taken along; the same on a second device. */
import { readFile } from "node:fs/promises";
import { comeAs, expect, signInThrough, test, type Visitor } from "./house.ts";

const EMAIL = "amal@proof.example";
const PASSPHRASE = "plain words about evenings";

async function write({ page }: Visitor, text: string, tags = "", on = ""): Promise<void> {
  await page.goto("/reflect/journal/new");
  await page.getByLabel("What is on your mind").fill(text);
  if (on !== "") await page.getByLabel("Day").fill(on);
  if (tags !== "") await page.getByLabel("Tags").fill(tags);
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.waitForURL("**/reflect/journal");
}

test("what somebody writes for themselves is kept, found, and theirs on every device", async ({
  house,
}) => {
  const phone = await house.visit("phone", { dark: true });
  const { page } = phone;
  await comeAs(phone, house, { name: "Amal", email: EMAIL, passphrase: PASSPHRASE });

  await test.step("what is begun is kept while nobody presses anything", async () => {
    await page.goto("/reflect");
    await page.getByRole("link", { name: "Journal" }).click();
    await expect(page.getByText("Nothing here yet.")).toBeVisible();
    await phone.look("journal-empty-dark");
    await page.getByRole("link", { name: "Write" }).click();
    await page.getByLabel("What is on your mind").fill("The ward was quiet and the kettle worked.");
    await page.getByLabel("Tags").fill("ward, small things");
    await phone.look("journal-writing-dark");
    await page.waitForTimeout(500);
    await page.reload();
    await expect(page.getByText("You are where you left off.")).toBeVisible();
    await expect(page.getByLabel("What is on your mind")).toHaveValue(/kettle/);
    await page.getByRole("button", { name: "Keep it" }).click();
    await expect(page.getByText("Kept. Only you can read it.")).toBeVisible();
  });

  await test.step("words that call for care open the lines, and writing goes on", async () => {
    await page.goto("/reflect/journal/new");
    await page.getByLabel("What is on your mind").fill("I want to kill myself.");
    await expect(page.getByText("Nobody has been told, and nobody will be")).toBeVisible();
    await phone.look("journal-crisis-dark");
    await page.getByRole("button", { name: "Throw this away" }).click();
    await page.getByRole("button", { name: "Bring it back" }).click();
    await expect(page.getByLabel("What is on your mind")).toHaveValue(/kill/);
    await page.getByRole("button", { name: "Throw this away" }).click();
  });

  await test.step("search and tags find what was written", async () => {
    await write(phone, "A long clinic. I said no once and nothing broke.", "clinic");
    await write(phone, "Years ago, on a day like this one.", "", sameDayLastYear());
    const list = page.getByRole("list", { name: "Entries" });
    await expect(list.getByRole("listitem")).toHaveCount(3);
    await page.getByRole("searchbox").fill("kettl");
    await expect(list.getByRole("listitem")).toHaveCount(1);
    await expect(page.getByText("One entry found.")).toBeVisible();
    await page.getByRole("searchbox").fill("");
    await page.getByLabel("Tag", { exact: true }).selectOption("clinic");
    await expect(list.getByRole("listitem")).toHaveCount(1);
    await page.getByLabel("Tag", { exact: true }).selectOption("");
    // To the end, where the button lies over no entry.
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await phone.look("journal-dark");
  });

  await test.step("a day of years ago comes back only where that was switched on", async () => {
    await expect(page.getByRole("heading", { name: "On this day" })).toBeHidden();
    await page.getByText("Show what I wrote on this day").click();
    await expect(page.getByRole("heading", { name: "On this day" })).toBeVisible();
  });

  await test.step("it is changed, deleted and brought back", async () => {
    await page.getByRole("link", { name: /nothing broke/ }).click();
    await phone.look("journal-entry-dark");
    await page.getByRole("button", { name: "Change it" }).click();
    await page.getByLabel("What is on your mind").fill("A long clinic. I said no twice.");
    await page.getByRole("button", { name: "Keep it" }).click();
    await expect(page.getByText("I said no twice.")).toBeVisible();
    await page.getByRole("button", { name: "Delete" }).click();
    await expect(page.getByRole("list", { name: "Entries" }).getByRole("listitem")).toHaveCount(2);
    await page.getByRole("button", { name: "Bring it back" }).click();
    await expect(page.getByText("I said no twice.")).toBeVisible();
  });

  await test.step("it is there on another device, without a connection, and as a file", async () => {
    const desk = await house.visit("desktop");
    await signInThrough(desk, EMAIL, PASSPHRASE);
    await desk.page.goto("/reflect/journal");
    await expect(desk.page.getByText("kettle worked")).toBeVisible();
    await desk.look("journal-desktop");
    await desk.page.getByRole("searchbox").focus();
    await desk.page.keyboard.type("twice");
    await expect(desk.page.getByText("One entry found.")).toBeVisible();
    await desk.page.keyboard.press("Tab");
    await desk.page.keyboard.press("Tab");
    await desk.page.keyboard.press("Enter");
    await expect(desk.page.getByRole("button", { name: "Change it" })).toBeVisible();
    await desk.page.getByRole("link", { name: "Journal" }).click();
    const [download] = await Promise.all([
      desk.page.waitForEvent("download"),
      desk.page.getByRole("button", { name: "Download as Markdown" }).click(),
    ]);
    const file = await readFile(await download.path(), "utf8");
    expect(file).toContain("# Journal");
    expect(file).toContain("I said no twice.");
    expect(file).toContain("*ward, small things*");
    await desk.page.evaluate(async () => void (await navigator.serviceWorker.ready));
    // From here on the app comes from what this browser keeps.
    await desk.page.reload();
    await desk.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await desk.context.setOffline(true);
    await desk.page.getByRole("link", { name: "Write" }).click();
    await desk.page.getByLabel("What is on your mind").fill("Written in the lift.");
    await desk.page.getByRole("button", { name: "Keep it" }).click();
    await desk.page.waitForURL("**/reflect/journal");
    await expect(desk.page.getByText("Written in the lift.")).toBeVisible();
    await desk.context.setOffline(false);
    await desk.context.close();
  });
  await phone.context.close();
});

function sameDayLastYear(): string {
  // The phone's own day: it is set to Chicago.
  return Temporal.Now.plainDateISO("America/Chicago").subtract({ years: 1 }).toString();
}
