/**
 * A circle's live hour: two members with a browser each go through it, hear one another through coturn, and see one
 * another only while both would.
 */
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import {
  atTheDoor,
  comeIn,
  expectOnlyRelayed,
  heard,
  HOUR,
  moving,
  openTracks,
  PATIENTLY,
  people,
  test,
  whereShown,
  type Opened,
} from "./live-house.ts";
import { look } from "./house.ts";

test("two hear one another, see one another only while both would, and go through the hour", async ({
  house,
}) => {
  const { instance, sitting } = house;
  test.skip(house.relay === null, "coturn is not installed");

  const first = sitting[0]!;
  await test.step("before the hour it is said when it is, and an entry for the calendar is made", async () => {
    const { page, context } = await house.open(first, "phone");
    await page.goto("/circles/live");
    await expect(page.getByRole("heading", { name: "The next hour" })).toBeVisible();
    await look(page, "live-before-phone");
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save to your calendar" }).click();
    const file = await readFile(await (await saving).path(), "utf8");
    expect(file).toContain("DTSTART:20270202T170000Z");
    expect(file).toContain("TRIGGER:-PT10M");
    expect(file).not.toMatch(/circle|callroom|doctor/i);
    await context.close();
  });

  await test.step("whoever has read how leading goes may offer it, for all to see", async () => {
    const { page, context } = await house.open(sitting[1]!, "phone");
    await page.goto("/circles/facilitating");
    await page.getByRole("button", { name: "Begin" }).click();
    await look(page, "leading-reading-phone");
    for (let reading = 0; reading < 6; reading++)
      await page.getByRole("button", { name: "Go on", exact: true }).click();
    await look(page, "leading-promises-phone");
    await page.getByRole("button", { name: "I'll keep to this" }).click();
    await page.getByRole("link", { name: "Your circle", exact: true }).click();
    await page.getByRole("button", { name: "I'll keep to this. Go in" }).click();
    await page.getByRole("button", { name: "People and your seat" }).click();
    await page.getByRole("button", { name: "Offer to lead" }).click();
    const listed = page.getByRole("dialog").getByRole("listitem");
    await expect(listed.filter({ hasText: "offers to lead" })).toHaveCount(1);
    await look(page, "leading-offered-phone");
    await context.close();
  });

  await instance.setClock(HOUR);
  const inside: Opened[] = [];
  for (const doctor of sitting.slice(0, 2)) {
    const isFirst = inside.length === 0;
    const opened = await house.open(doctor, isFirst ? "phone" : "desktop", { dark: !isFirst });
    inside.push(opened);
    await atTheDoor(opened.page);
    if (isFirst) await look(opened.page, "live-door-phone");
    await comeIn(opened.page);
  }
  const pages = inside.map(({ page }) => page);
  const [one, other] = pages as [Page, Page];

  await test.step("they hear one another", async () => {
    for (const page of pages) {
      await expect(people(page).filter({ hasText: /with voice|speaks/ })).toHaveCount(2);
      await expect.poll(() => heard(page), PATIENTLY).toEqual([true]);
    }
  });

  await test.step("no camera is on until both would show their face", async () => {
    await one.getByText("Faces", { exact: true }).click();
    await look(one, "live-faces-asked-phone");
    await one.getByRole("button", { name: "I would show mine" }).click();
    await other.getByText("Faces", { exact: true }).click();
    await expect(other.getByText("Not everybody. No camera is on.")).toBeVisible();
    expect(await openTracks(one, "video")).toBe(0);
    await other.getByRole("button", { name: "I would show mine" }).click();
    for (const page of pages) {
      await expect(page.getByText("Everybody would. Cameras are on.")).toBeVisible();
      await expect(page.locator("video")).toHaveCount(2, PATIENTLY);
      await expect.poll(() => moving(page), PATIENTLY).toEqual([true, true]);
    }
    await expectOnlyRelayed(pages, house.relay!);
    await look(one, "live-faces-phone");
    await look(other, "live-faces-desktop-dark");
  });

  await test.step("one takes it back, and all cameras are off; the voices go on", async () => {
    await one.getByRole("button", { name: "Take mine back" }).last().click();
    for (const page of pages) {
      await expect(page.locator("video")).toHaveCount(0);
      await expect.poll(() => openTracks(page, "video")).toBe(0);
      await expect.poll(() => heard(page), PATIENTLY).toEqual([true]);
    }
    await expect(other.getByText("Not everybody. No camera is on.")).toBeVisible();
  });

  await test.step("who leads moves the hour on, the turn goes round, hands are seen", async () => {
    const leading = await whereShown(pages, "You lead this hour");
    // Who has offered to, and nobody else.
    expect(leading).toBe(other);
    await leading.getByRole("button", { name: /^Go on to: Opening round/ }).click();
    for (const page of pages)
      await expect(page.getByRole("heading", { name: "Opening round" })).toBeVisible();
    await expect(leading.getByText("It is your turn")).toBeVisible();
    for (const page of pages.filter((each) => each !== leading))
      await expect(page.getByText(/ has the word$/)).toBeVisible();
    await leading.getByRole("button", { name: "I'm done, pass it on" }).click();
    await expect(leading.getByText(/ has the word$/)).toBeVisible();
    const whose = await whereShown(pages, "It is your turn");
    // Whose turn it is needs no hand.
    await expect(whose.getByRole("button", { name: "Raise a hand" })).toHaveCount(0);
    await leading.getByRole("button", { name: "Raise a hand" }).click();
    await expect(people(whose).filter({ hasText: "raised a hand" })).toHaveCount(1);
    await look(one, "live-round-phone");
    await look(other, "live-round-desktop-dark");
  });

  await test.step("muted is muted, for all to see", async () => {
    await one.getByRole("button", { name: "Mute", exact: true }).click();
    await expect(people(other).filter({ hasText: "muted" })).toHaveCount(1);
    await one.getByRole("button", { name: "Unmute" }).click();
    await expect(people(other).filter({ hasText: "muted" })).toHaveCount(0);
  });

  await test.step("who has no sound takes part by text", async () => {
    await other.getByLabel("Write to the circle").fill("I only read today.");
    await other.getByRole("button", { name: "Send", exact: true }).click();
    await expect(one.getByText("I only read today.")).toBeVisible();
  });

  await test.step("a line that breaks is found again", async () => {
    await one.context().setOffline(true);
    await one.waitForTimeout(1500);
    await one.context().setOffline(false);
    const leading = await whereShown(pages, "You lead this hour");
    const led = pages.find((page) => page !== leading)!;
    await leading.getByRole("button", { name: /^Go on to: Topic/ }).click();
    await expect(led.getByRole("heading", { name: "Topic" })).toBeVisible(PATIENTLY);
  });

  await test.step("the curtain takes the voice away at once, and leaving is seen by the others", async () => {
    await one.getByRole("button", { name: "Cover" }).click();
    await expect.poll(() => openTracks(one, "audio")).toBe(0);
    await expect(people(other)).toHaveCount(1, PATIENTLY);
    await other.getByRole("button", { name: "Leave", exact: true }).click();
    await expect(other.getByText("You have left the room")).toBeVisible();
  });

  expect(inside.flatMap(({ errors }) => errors)).toEqual([]);
  await Promise.all(inside.map(({ context }) => context.close()));
});
