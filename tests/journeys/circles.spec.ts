/**
 * Circles, as their members see them: a pass that counts later, waiting, being seated, and a room on a phone and on a
 * desk. On a clock of its own, since a pass counts from the next month on.
 */
import {
  expect,
  test as base,
  type Browser,
  type BrowserContext,
  type Page,
} from "@playwright/test";
import { wait, type Doctor } from "../../proofs/doctor.ts";
import { makeDataDir, removeDataDir } from "../../proofs/instance.ts";
import { addMember } from "../../proofs/community.ts";
import { CROWD, giveBadges, startGround, type Ground } from "../../proofs/nameless-ground.ts";
import { addEntry, enterRoom, hand, hear, sealed, sitDown } from "../../proofs/room.ts";
import type { BentInstance } from "../../proofs/bent-instance.ts";
import type { Member } from "../../proofs/member.ts";
import { DESKTOP, look, PHONE, signInThrough } from "./house.ts";

interface House extends Ground {
  /** A browser of somebody's own, signed in. */
  readonly open: (member: Member, as: "phone" | "desktop", dark?: boolean) => Promise<Opened>;
}

const test = base.extend<object, { house: House }>({
  house: [
    async ({ browser }, use) => {
      const dataDir = await makeDataDir();
      const ground = await startGround(dataDir, CROWD + 1, { signingIn: 2 });
      const { instance } = ground;
      await use({
        ...ground,
        open: (member, as, dark) => open(browser, instance, member, as, dark),
      });
      await instance.stop();
      await removeDataDir(dataDir);
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

test("from a pass that counts later to a circle that talks", async ({ house }) => {
  const { instance, steward, doctors } = house;
  const [first, second, ...others] = doctors as [Doctor, Doctor, ...Doctor[]];
  const stranger = await addMember(steward, "Stranger");

  await test.step("who isn't verified is shown the way", async () => {
    const { page, context } = await house.open(stranger, "phone");
    await page.goto("/circles");
    await expect(page.getByText("Circles are for verified doctors")).toBeVisible();
    await look(page, "circles-not-verified");
    await context.close();
  });

  await test.step("a pass that was fetched counts from the next month", async () => {
    const { page, context } = await house.open(first.member, "phone");
    await page.goto("/circles");
    await expect(
      page.getByText(/^Your pass counts from 1 February|^Your pass counts from/),
    ).toBeVisible();
    await look(page, "circles-later");
    await context.close();
  });

  await giveBadges(house);
  for (const doctor of others.slice(0, 5)) await wait(doctor, { blocks: [1, 4, 7] });

  const phone = await house.open(first.member, "phone");
  const desk = await house.open(second.member, "desktop", true);
  await test.step("waiting: what was chosen stays over a reload, and is taken in", async () => {
    const { page } = phone;
    await page.goto("/circles");
    await page.getByText("Tired past what sleep mends").click();
    await page.getByText("Attending or consultant").click();
    await page
      .getByRole("checkbox", { name: /^Tuesday/ })
      .nth(1)
      .check({ force: true });
    await look(page, "circles-form");
    await page.getByRole("button", { name: "Wait for a circle" }).click();
    await expect(page.getByText("Circles only work if everybody does.").first()).toBeVisible();
    await page.waitForTimeout(600);
    await page.reload();
    await expect(page.getByRole("checkbox", { name: "Tired past what sleep mends" })).toBeChecked();
    await page.getByText("Not with anybody from my employer").click();
    await expect(page.getByLabel("Your employer's name")).toBeVisible();
    await page.getByText("Not with anybody from my employer").click();
    await page.getByText("I'll keep to this.").click();
    await page.getByRole("button", { name: "Wait for a circle" }).click();
    await expect(page.getByText("You are waiting for a circle")).toBeVisible();
    await look(page, "circles-waiting");
  });

  await test.step("the keyboard alone gets somebody to wait, on a desk", async () => {
    const { page } = desk;
    await page.goto("/circles");
    await page.getByRole("checkbox", { name: "Tired past what sleep mends" }).focus();
    await page.keyboard.press("Space");
    await page.getByRole("radio", { name: "Attending or consultant" }).focus();
    await page.keyboard.press("Space");
    await page
      .getByRole("checkbox", { name: /^Tuesday/ })
      .nth(1)
      .focus();
    await page.keyboard.press("Space");
    await page.getByRole("checkbox", { name: "I'll keep to this." }).focus();
    await page.keyboard.press("Space");
    await look(page, "circles-form-desktop-dark");
    await page.getByRole("button", { name: "Wait for a circle" }).press("Enter");
    await expect(page.getByText("You are waiting for a circle")).toBeVisible();
  });

  await instance.runTask("form-circles");
  await test.step("seated: why this circle, and the way in", async () => {
    for (const [{ page }, name] of [
      [phone, "circles-seated-phone"],
      [desk, "circles-seated-desktop-dark"],
    ] as const) {
      await page.goto("/circles");
      await expect(page.getByText("Why this circle")).toBeVisible();
      await look(page, name);
      await page.getByRole("link", { name: "Go in" }).click();
      await expect(page.getByText("The circle was formed.")).toBeVisible();
    }
    await look(phone.page, "room-empty-phone");
  });

  await test.step("they talk: sent at once, answered, said with one word, changed, taken back", async () => {
    await say(phone.page, "It took me a year to say this aloud.", "button");
    await expect(
      desk.page.getByText("It took me a year to say this aloud.", { exact: true }),
    ).toBeVisible();
    await say(desk.page, "I know that year.", "Enter");
    await expect(phone.page.getByText("I know that year.", { exact: true })).toBeVisible();
    const theirs = desk.page.locator("li", { hasText: "It took me a year" });
    await theirs.locator("summary").click();
    await look(desk.page, "room-doings-desktop-dark");
    await theirs.getByRole("button", { name: "Me too" }).click();
    await expect(phone.page.getByRole("button", { name: /^Me too: / })).toBeVisible();
    await theirs.getByRole("button", { name: "Answer", exact: true }).click();
    await say(desk.page, "How did you begin?", "Enter");
    await expect(phone.page.getByText("How did you begin?", { exact: true })).toBeVisible();
    const mine = desk.page.locator("li", { hasText: "I know that year." });
    await mine.locator("summary").click();
    await mine.getByRole("button", { name: "Change" }).click();
    await desk.page.getByLabel("Write to the circle").fill("I know that year well.");
    await desk.page.keyboard.press("Enter");
    await expect(phone.page.getByText("I know that year well.", { exact: true })).toBeVisible();
    await look(phone.page, "room-phone");
    await look(desk.page, "room-desktop-dark");
  });

  await test.step("without a network what is said waits, and goes by itself", async () => {
    await phone.context.setOffline(true);
    await say(phone.page, "From the lift.", "button");
    await expect(
      phone.page.getByText("Not sent yet. It goes by itself.", { exact: true }),
    ).toBeVisible();
    await look(phone.page, "room-offline-phone");
    await phone.context.setOffline(false);
    await expect(desk.page.getByText("From the lift.", { exact: true })).toBeVisible();
    await expect(phone.page.getByText("Not sent yet. It goes by itself.")).toHaveCount(0);
  });

  await test.step("words that may mean danger show whom to call, here on the device", async () => {
    await phone.page.getByLabel("Write to the circle").fill("I don't want to be alive any more");
    await expect(phone.page.getByRole("heading", { name: /.*/ }).nth(1)).toBeVisible();
    await phone.page.waitForTimeout(1500);
    await look(phone.page, "room-crisis-phone");
    await phone.page.getByLabel("Write to the circle").fill("");
  });

  await test.step("a third comes in from elsewhere and leaves: told in the thread, and talk goes on", async () => {
    const sitting = (await sitDown(others[0]!))!;
    const day = new Date(instance.now()).toISOString().slice(0, 10);
    const room = await enterRoom(sitting, day);
    const heard = await hear(sitting, room);
    expect(heard.filter(({ opened }) => opened.ok).length).toBeGreaterThan(3);
    await hand(sitting, sealed(sitting, room, "I will have to go."));
    await expect(phone.page.getByText("I will have to go.", { exact: true })).toBeVisible();
    expect((await addEntry(sitting, room.log, { kind: "left" })).ok).toBe(true);
    await expect(phone.page.getByText(/ has left\.$/)).toBeVisible();
    await say(phone.page, "Go well.", "button");
    await expect(desk.page.getByText("Go well.", { exact: true })).toBeVisible();
  });

  await test.step("a name of one's own, a pause, a report", async () => {
    const { page } = phone;
    await page.getByRole("button", { name: "People and your seat" }).click();
    await look(page, "room-people-phone");
    await page.getByLabel("Another name").fill("Marigold");
    await page.getByRole("button", { name: "Use this name" }).click();
    await expect(desk.page.getByText(/ goes by Marigold\.$/)).toBeVisible();
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await expect(page.getByRole("button", { name: "Take part again" })).toBeVisible();
    await page.keyboard.press("Escape");
    const theirs = page.locator("li", { hasText: "I know that year well." });
    await theirs.locator("summary").click();
    await theirs.getByRole("button", { name: "Report" }).click();
    await look(page, "room-report-phone");
    await page.getByRole("button", { name: "Send the report" }).click();
    await expect(page.getByText(/^The report is with the stewards/)).toBeVisible();
  });

  await test.step("who comes back sees what is new, and may leave", async () => {
    const { page } = desk;
    await page.goto("/today");
    await say(phone.page, "For whoever was away.", "button");
    await page.goto("/circles/room");
    await expect(page.getByText("New since you were here")).toBeVisible();
    await look(page, "room-back-desktop-dark");
    await page.getByRole("button", { name: "People and your seat" }).click();
    await page.getByRole("button", { name: "Not for me, seat me again" }).click();
    await look(page, "room-leaving-desktop-dark");
    await page.getByRole("button", { name: "Leave", exact: true }).click();
    await expect(page.getByText("You have left the circle")).toBeVisible();
    await expect(
      page.getByText(/^Your next pass is here\. It counts from .*1 March/),
    ).toBeVisible();
    await look(page, "room-left-desktop-dark");
    await page.getByRole("link", { name: "To the circles" }).click();
    await expect(page.getByText("You have left your circle")).toBeVisible();
    await expect(page.getByText(/^Your next pass is here/)).toBeVisible();
    await look(page, "circles-left-desktop-dark");
  });

  await test.step("from the next month on they wait again under another name, on another device too", async () => {
    await instance.query(
      "nameless",
      "update pass.logged_key set holders = 25, opened = true where name = '2027-03'",
    );
    await instance.setClock(Date.parse("2027-03-01T09:00:00Z"));
    const { page, context, errors } = await house.open(second.member, "phone", true);
    await page.goto("/circles");
    await page.getByText("Tired past what sleep mends").click();
    await page.getByText("Attending or consultant").click();
    await page
      .getByRole("checkbox", { name: /^Tuesday/ })
      .nth(1)
      .check({ force: true });
    await page.getByText("I'll keep to this.").click();
    await page.getByRole("button", { name: "Wait for a circle" }).click();
    await expect(page.getByText("You are waiting for a circle")).toBeVisible();
    expect(errors).toEqual([]);
    await context.close();
  });

  expect([...phone.errors, ...desk.errors]).toEqual([]);
});

async function say(page: Page, text: string, by: "button" | "Enter"): Promise<void> {
  const box = page.getByLabel("Write to the circle");
  await box.fill(text);
  if (by === "Enter") await box.press("Enter");
  else await page.getByRole("button", { name: "Send", exact: true }).click();
}

interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly errors: readonly string[];
}

async function open(
  browser: Browser,
  instance: BentInstance,
  member: Member,
  as: "phone" | "desktop",
  dark = false,
): Promise<Opened> {
  const context = await browser.newContext({
    baseURL: instance.origin,
    viewport: as === "phone" ? PHONE : DESKTOP,
    isMobile: as === "phone",
    hasTouch: as === "phone",
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
    timezoneId: as === "phone" ? "America/Chicago" : "Europe/London",
    locale: as === "phone" ? "en-US" : "en-GB",
  });
  await context.clock.setSystemTime(instance.now());
  // Node dates its answers by the machine's clock.
  await context.route(/\/api\/(named|public)\//, async (route) => {
    const response = await route.fetch().catch(() => null);
    if (response === null) return route.abort();
    const date = new Date(instance.now()).toUTCString();
    // A page that is left meanwhile takes no answer.
    const headers = { ...response.headers(), date };
    return route.fulfill({ response, headers }).catch(() => undefined);
  });
  const errors: string[] = [];
  const page = await context.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  await signInThrough(
    { page, context, look: () => Promise.resolve() },
    member.email,
    member.passphrase,
  );
  return { page, context, errors };
}
