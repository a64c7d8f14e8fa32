/** What is seen before the scripts are there, and what becomes of it when they are. */
import type { Page, Route } from "@playwright/test";
import { expect, test } from "./house.ts";

/** Keeps every script of a file from arriving until it is let go. */
async function holdScripts(page: Page): Promise<() => Promise<void>> {
  const held: Route[] = [];
  let isHeld = true;
  await page.route("**/assets/*.js", (route) => {
    if (!isHeld) return route.continue();
    held.push(route);
    return undefined;
  });
  return async () => {
    isHeld = false;
    await Promise.all(held.map((route) => route.continue()));
  };
}

test("the landing page is read before any script has arrived, and is taken over as it stands", async ({
  house,
}) => {
  const { page } = await house.visit("phone");
  const letGo = await holdScripts(page);
  await page.goto("/", { waitUntil: "commit" });
  const heading = page.getByRole("heading", { level: 1, name: "A room for doctors" });
  await expect(heading).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "Sign in" })).toBeVisible();
  await heading.evaluate((element) => element.setAttribute("data-seen-before", ""));
  await letGo();
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  await expect(heading).toHaveAttribute("data-seen-before");
  await expect(page.getByRole("main")).toHaveCount(1);
});

test("a room shows its frame first, says nothing of anybody, and gives way to the door", async ({
  house,
}) => {
  const { page } = await house.visit("desktop");
  const letGo = await holdScripts(page);
  await page.goto("/reflect/check-in", { waitUntil: "commit" });
  await expect(page.getByRole("link", { name: "Reflect" })).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("heading")).toHaveCount(0);
  await letGo();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await expect(page.getByRole("main")).toHaveCount(1);
});

test("a curtain that was down stays down while the page loads again", async ({ house }) => {
  const { page } = await house.visit("phone");
  await page.goto("/");
  await page.getByRole("button", { name: "Cover" }).click();
  await expect(page.getByRole("button", { name: "Continue" })).toBeVisible();
  const letGo = await holdScripts(page);
  await page.reload({ waitUntil: "commit" });
  await expect(page.locator("template")).not.toHaveCount(0);
  await expect(page.locator("#app > *")).toHaveCount(0);
  await letGo();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});
