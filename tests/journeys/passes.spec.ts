/**
 * Passes, as their holder sees them: fetched by themselves at a sign-in, from when they count and among whom; and a
 * list of keys that doesn't add up.
 */
import type { Route } from "@playwright/test";
import { addMember, verifyMember } from "../../proofs/community.ts";
import { expect, signInThrough, test, type Visitor } from "./house.ts";

const NAMED_LOG = "**/api/named/passes/keys";
const NAMELESS_LOG = "**/api/nameless/passes/keys";

async function openAccount({ page }: Visitor): Promise<void> {
  await page.goto("/account");
  await page.getByRole("heading", { name: "Your passes" }).waitFor();
}

async function altered(route: Route, alter: (answer: Record<string, unknown>) => void) {
  const response = await route.fetch();
  const answer = (await response.json()) as Record<string, unknown>;
  alter(answer);
  await route.fulfill({ response, json: answer });
}

test("who isn't verified is shown the way; once verified, a pass is there without asking", async ({
  house,
}) => {
  const member = await addMember(house.steward, "Hawthorn");
  const phone = await house.visit("phone");
  const { page } = phone;
  await signInThrough(phone, member.email, member.passphrase);
  await openAccount(phone);
  await expect(page.getByText("Passes are for verified doctors")).toBeVisible();
  await phone.look("account-passes-not-verified");

  await verifyMember(house.steward, member);
  const issued = page.waitForResponse(
    (response) => response.request().method() === "POST" && response.url().endsWith("/passes"),
  );
  // Today: nobody has to look at the passes for them to be fetched.
  await page.goto("/today");
  expect((await issued).status()).toBe(200);
  await openAccount(phone);
  const badge = page.getByRole("heading", { name: /^Circle badge for / });
  await expect(badge).toHaveCount(1);
  await expect(page.getByText(/^From .* Whoever uses it then/)).toBeVisible();
  await phone.look("account-passes-phone");
  await phone.context.close();

  await test.step("another device ends up with the same, and asks the nameless side without a cookie", async () => {
    const desk = await house.visit("desktop", { dark: true });
    const asked = desk.page.waitForRequest(NAMELESS_LOG);
    await signInThrough(desk, member.email, member.passphrase);
    expect((await (await asked).allHeaders())["cookie"]).toBeUndefined();
    await openAccount(desk);
    await expect(desk.page.getByRole("heading", { name: /^Circle badge for / })).toHaveCount(1);
    await desk.look("account-passes-desktop-dark");
    await desk.context.close();
  });
});

test("two lists of keys that differ are told, and nothing is asked for", async ({ house }) => {
  const member = await addMember(house.steward, "Larch");
  await verifyMember(house.steward, member);
  const phone = await house.visit("phone", { dark: true });
  const { page } = phone;
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/named/passes"))
      asked.push(request.url());
  });
  // Not taken away later: a request that is on its way then would be answered twice.
  let isSpoilt = true;
  await page.route(NAMELESS_LOG, (route) =>
    isSpoilt
      ? altered(route, (answer) => {
          answer["hash"] = "A".repeat(43);
        })
      : route.fallback(),
  );
  await signInThrough(phone, member.email, member.passphrase);
  await openAccount(phone);
  await expect(page.getByText("The list of keys doesn't add up")).toBeVisible();
  await phone.look("account-passes-trouble");
  expect(asked).toEqual([]);
  isSpoilt = false;
  const badge = page.getByRole("heading", { name: /^Circle badge for / });
  // Whoever asks while the spoilt answer is still being looked at is told of that one, and asks again.
  await expect(async () => {
    const again = page.getByRole("button", { name: "Look again" });
    if (await again.isVisible()) await again.click();
    await expect(badge).toHaveCount(1, { timeout: 3000 });
  }).toPass();

  await test.step("a list that lost what this device knew is told too, and what is held stays", async () => {
    await page.route(NAMED_LOG, (route) =>
      altered(route, (answer) => {
        answer["entries"] = [];
      }),
    );
    await page.route(NAMELESS_LOG, (route) =>
      altered(route, (answer) => {
        answer["length"] = 0;
        answer["hash"] = "A".repeat(43);
      }),
    );
    await openAccount(phone);
    await expect(page.getByText("Keys that your devices knew are missing")).toBeVisible();
    await expect(badge).toHaveCount(1);
  });
  await phone.context.close();
});

test("from its first day on, a badge tells among how many it is", async ({ house }) => {
  const member = await addMember(house.steward, "Aspen");
  await verifyMember(house.steward, member);
  const phone = await house.visit("phone");
  const { page } = phone;
  // By the server's clock, which the device goes by: the first day of next month.
  const now = new Date();
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1, 12));
  const name = first.toISOString().slice(0, 7);
  let holders = 14;
  await page.route(NAMELESS_LOG, (route) =>
    altered(route, (answer) => {
      answer["crowds"] = [{ purpose: "circle-badge", name, holders, open: holders >= 20 }];
    }),
  );
  await page.route("**/api/named/**", async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      headers: { ...response.headers(), date: first.toUTCString() },
    });
  });
  await signInThrough(phone, member.email, member.passphrase);
  await openAccount(phone);
  await expect(
    page.getByText("One of 14 verified doctors hold one. It opens at 20."),
  ).toBeVisible();
  await phone.look("account-passes-counting");
  holders = 1_240;
  await openAccount(phone);
  await expect(page.getByText("You are one of 1,240 verified doctors who hold one.")).toBeVisible();
  await phone.context.close();
});
