/**
 * An exercise from the shelf to its end: begun on a phone, left, gone on with on a second device, finished, compared,
 * taken along, removed and brought back; and once through by keyboard alone.
 */
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { comeAs, expect, signInThrough, test } from "./house.ts";

const PASSPHRASE = "quiet plain words to keep";
const EMAIL = "wren@proof.example";

test("an exercise is begun on one device, finished on another, and is nobody else's", async ({
  house,
}) => {
  const phone = await house.visit("phone");
  const desk = await house.visit("desktop", { dark: true });
  await comeAs(phone, house, { name: "Wren", email: EMAIL, passphrase: PASSPHRASE });
  const { page } = phone;
  const sent: string[] = [];
  page.on("request", (request) => {
    if (!request.isNavigationRequest()) sent.push(`${request.url()} ${request.postData() ?? ""}`);
  });

  await test.step("the shelves open on a tap, and searching looks through all", async () => {
    await page.goto("/reflect");
    await page.getByRole("link", { name: "Exercises" }).click();
    await expect(page.getByRole("heading", { name: "Exercises" })).toBeVisible();
    await phone.look("exercises");
    await page.getByText("Which way now").click();
    await expect(page.getByRole("link", { name: /Want and should/ })).toBeVisible();
    await phone.look("exercises-shelf");
    await page.getByRole("searchbox").fill("want shou");
    await expect(page.getByText("One found.")).toBeVisible();
    await page.getByRole("link", { name: /Want and should/ }).click();
    await page.getByRole("link", { name: "Begin" }).click();
  });

  await test.step("what is typed outlives a reload in the middle of it", async () => {
    await page.getByRole("textbox", { name: "Another one" }).fill("Clinic on Tuesdays");
    await page.getByRole("button", { name: "The inbox at night" }).click();
    await page.getByRole("textbox", { name: "Another one" }).fill("The rota comm");
    await phone.look("exercise-list");
    await page.waitForTimeout(400);
    await page.reload();
    await expect(page.getByRole("textbox", { name: "Entry 3" })).toHaveValue("The rota comm");
    await page.getByRole("button", { name: "Next" }).click();
    await expect(page.getByRole("heading", { name: /Where does each/ })).toBeVisible();
    await phone.look("exercise-sorter");
    await page.getByRole("button", { name: "The rota comm: I think I should" }).click();
    await page.getByRole("button", { name: "The inbox at night: I think I should" }).click();
    await page.getByRole("button", { name: "Leave" }).click();
    await expect(page.getByText(/You began one on .* It is kept/)).toBeVisible();
    await phone.look("exercise-page-begun");
  });

  await test.step("a second device goes on where the first one left", async () => {
    await signInThrough(desk, EMAIL, PASSPHRASE);
    await desk.page.goto("/reflect");
    await desk.page.getByRole("link", { name: /Go on with "Want and should"/ }).click();
    await expect(desk.page.getByRole("heading", { name: /Where does each/ })).toBeVisible();
    await expect(desk.page.getByText("You are where you left off.")).toBeVisible();
    await desk.page.getByRole("button", { name: "Clinic on Tuesdays: I want this" }).click();
    await desk.look("exercise-second-device");
    await desk.page.getByRole("button", { name: "Next" }).click();
    await expect(desk.page.getByRole("heading", { name: /costs you the most/ })).toBeVisible();
    await desk.look("exercise-ranking");
    await toLastStep(desk.page);
    await desk.page.getByText("The rota comm", { exact: true }).first().click();
    await desk.look("exercise-promote");
    await desk.page.getByRole("button", { name: "Finish" }).click();
    await expect(desk.page.getByRole("heading", { name: "What you wrote" })).toBeVisible();
    await desk.look("exercise-finished");
  });

  await test.step("what was taken on stands under Plan", async () => {
    await desk.page.goto("/plan");
    await expect(desk.page.getByRole("heading", { name: "From your exercises" })).toBeVisible();
    await expect(desk.page.getByText("The rota comm")).toBeVisible();
    await desk.look("plan-from-exercises");
  });

  await test.step("a second time stands beside the first", async () => {
    await page.goto("/reflect/exercise/want-should");
    await expect(page.getByText("Finished")).toBeVisible();
    await page.getByRole("link", { name: "Do it again" }).click();
    await page.getByRole("textbox", { name: "Another one" }).fill("Only the clinic");
    await toLastStep(page);
    await page.getByRole("button", { name: "Finish" }).click();
    await page.getByRole("button", { name: "Compare with last time" }).click();
    await expect(page.getByText("Only the clinic")).toBeVisible();
    await expect(page.getByText("Clinic on Tuesdays").first()).toBeVisible();
    await phone.look("exercise-compared");
  });

  await test.step("it can be saved as Markdown, removed, and brought back", async () => {
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as Markdown" }).click();
    const text = await readFile((await (await saving).path())!, "utf8");
    expect(text).toMatch(/^# Want and should\n/);
    expect(text).toContain("- Only the clinic");
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await expect(page.getByText("Removed.")).toBeVisible();
    const kept = page.getByRole("main").getByText("Finished");
    await expect(kept).toHaveCount(1);
    await page.getByRole("button", { name: "Bring it back" }).click();
    await expect(kept).toHaveCount(2);
    await phone.look("exercise-page-earlier");
  });

  await test.step("nothing that was typed has left the phone in clear", () => {
    expect(sent.join("\n")).toContain("/api/named/vault/records/");
    expect(sent.join("\n")).not.toMatch(/rota comm|Tuesdays|want-should/);
  });
});

test("dark words open the lines, and an exercise works without a connection", async ({ house }) => {
  const phone = await house.visit("phone", { dark: true });
  const email = "lark@proof.example";
  await comeAs(phone, house, { name: "Lark", email, passphrase: PASSPHRASE });
  const { page, context } = phone;
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto("/reflect/exercise/three-questions");
  await page.getByRole("link", { name: "Begin" }).waitFor();
  await context.setOffline(true);
  await page.getByRole("link", { name: "Begin" }).click();
  const field = page.getByRole("textbox").first();
  while ((await field.count()) === 0) await page.getByRole("button", { name: /Next|Skip/ }).click();
  await field.fill("I want to end my life.");
  await expect(page.getByRole("heading", { name: "You need not carry this alone" })).toBeVisible();
  await phone.look("exercise-crisis");
  await page.getByRole("button", { name: "Leave" }).click();
  await expect(page.getByText(/You began one on .* It is kept/)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("link", { name: "Go on" })).toBeVisible();
  await context.setOffline(false);
});

test("an exercise of many kinds of step needs no more than a keyboard", async ({ house }) => {
  const desk = await house.visit("desktop");
  const email = "finch@proof.example";
  await comeAs(desk, house, { name: "Finch", email, passphrase: PASSPHRASE });
  const { page } = desk;
  await page.goto("/reflect/exercise/want-should");
  await reach(page, "link", /^Begin$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /last two weeks/ })).toBeFocused();
  await reach(page, "textbox", /Another one/);
  await page.keyboard.type("One duty");
  await page.keyboard.press("Enter");
  await page.keyboard.type("One joy");
  await goOn(page, /Where does each/);
  await reach(page, "button", /One duty: I think I should/);
  await page.keyboard.press("Enter");
  await goOn(page, /costs you the most/);
  await goOn(page, /Whose voice/);
  await reach(page, "textbox", /Whose voice it is/);
  await page.keyboard.type("My first chief");
  await goOn(page, /do with the heaviest/);
  await reach(page, "radio", /.*/);
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "Do less of it" })).toBeChecked();
  await goOn(page, /worth a small trial/);
  await reach(page, "button", /^Finish$/);
  await page.keyboard.press("Enter");
  await expect(page.getByText("My first chief")).toBeVisible();
});

/** On to the last step, whatever stands between. */
async function toLastStep(page: Page): Promise<void> {
  const finish = page.getByRole("button", { name: "Finish" });
  while ((await finish.count()) === 0) {
    const heading = page.getByRole("heading", { level: 1 });
    const before = await heading.textContent();
    await page.getByRole("button", { name: /^(Next|Skip)$/ }).click();
    await expect(heading).not.toHaveText(before!);
  }
}

/** Tabs until the focus is on what is wanted. */
async function reach(page: Page, role: "link" | "button" | "textbox" | "radio", name: RegExp) {
  const wanted = page.getByRole(role, { name }).first();
  await wanted.waitFor();
  for (let tabs = 0; tabs < 60; tabs++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`The keyboard does not come to ${String(name)}`);
}

async function goOn(page: Page, heading: RegExp): Promise<void> {
  await reach(page, "button", /^(Next|Skip)$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: heading })).toBeFocused();
}
