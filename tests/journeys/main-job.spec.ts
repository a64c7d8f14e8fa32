/** The main job: join, check in, find a path, match, book, write, move, cancel; two people, two browsers. */
import { expect as expectText } from "@playwright/test";
import { addCoach, invite } from "../../proofs/community.ts";
import { lettersIn } from "../../proofs/instance.ts";
import {
  answerCheckIn,
  expect,
  findPath,
  joinThrough,
  matchAndOpen,
  signInThrough,
  test,
} from "./house.ts";

test("a doctor joins, checks in, finds a coach, books, talks, moves and cancels", async ({
  house,
}) => {
  const coach = await addCoach(house.steward, "Imogen");
  const code = await invite(house.steward, "sam@proof.example");
  const phone = await house.visit("phone");
  const desk = await house.visit("desktop");
  await joinThrough(phone, code, { name: "Sam", passphrase: "quiet plain words to keep" });
  const { page } = phone;

  await test.step("the first check-in survives a reload in the middle, and tells its result", async () => {
    await page.getByRole("link", { name: "Start the check-in" }).click();
    await phone.look("check-in-begin");
    await page.getByRole("button", { name: "Begin" }).click();
    await phone.look("check-in-question");
    await answerCheckIn(phone, 5);
    await expect(page.getByText("6 of")).toBeVisible();
    await page.reload();
    await expect(page.getByText("6 of")).toBeVisible();
    await answerCheckIn(phone);
    await page.waitForURL("**/reflect/result/*");
    await expect(page.getByRole("heading", { name: "Where you stand" })).toBeVisible();
    await phone.look("check-in-result");
  });

  await test.step("a second check-in says what changed, with a chart, a sentence and a table", async () => {
    await page.goto("/reflect/check-in");
    await page.getByRole("button", { name: "Begin" }).click();
    await answerCheckIn(phone, Infinity, 0);
    await page.waitForURL("**/reflect/result/*");
    await expect(page.getByText(/improved|worsened|no clear change/i).first()).toBeVisible();
    await phone.look("check-in-second-result");
    await page.goto("/reflect/trend");
    await expect(page.getByRole("figure").or(page.locator("svg")).first()).toBeVisible();
    await phone.look("trend");
    await page.goto("/reflect");
    await phone.look("reflect");
  });

  await test.step("the path finder ranks all four paths", async () => {
    await findPath(phone);
    for (const path of ["Burnout", "Career", "Leadership", "Sustainable practice"])
      await expect(page.getByText(path, { exact: false }).first()).toBeVisible();
    await phone.look("path");
  });

  await test.step("matching on the device offers the coach, and a time is booked", async () => {
    const asked: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/api/"))
        asked.push(`${request.url()} ${request.postData() ?? ""}`);
    });
    await matchAndOpen(phone, "Imogen");
    expectText(asked.join("\n")).not.toContain("Lanternside");
    await phone.look("coach-page");
    await page.getByRole("link", { name: "Choose a time" }).click();
    await page.getByText("A coaching session").click();
    await phone.look("book-times");
    await page.locator("button[aria-pressed]").nth(3).click();
    await page.locator('[aria-label^="Times on"] button').first().click();
    await phone.look("agreement");
    await page.getByRole("button", { name: "I agree" }).click();
    await phone.look("book-confirm");
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.waitForURL("**/coach/sessions");
    await expect(page.getByText("With Imogen")).toBeVisible();
    await phone.look("sessions");
    const letters = await lettersIn(house.instance.dataDir, 2);
    expect(
      letters.filter(
        (letter) => letter.includes("METHOD:REQUEST") || letter.includes("text/calendar"),
      ).length,
    ).toBeGreaterThanOrEqual(2);
  });

  await test.step("the two talk, sealed, and see the same safety words", async () => {
    await page.getByRole("link", { name: "Messages" }).click();
    await page
      .getByLabel("Message", { exact: true })
      .fill("Good evening. I am tired of being tired.");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(page.getByText("tired of being tired").first()).toBeVisible();
    await phone.look("thread");

    await signInThrough(desk, coach.email, coach.passphrase);
    await desk.look("coach-today");
    await desk.page.goto("/coach/sessions");
    await expect(desk.page.getByText("Sam, your client")).toBeVisible();
    await desk.page.getByRole("link", { name: "Messages" }).click();
    await expect(desk.page.getByText("tired of being tired")).toBeVisible();
    await desk.page
      .getByLabel("Message", { exact: true })
      .fill("Then let us begin with one evening.");
    await desk.page.getByRole("button", { name: "Send", exact: true }).click();
    await desk.look("thread-coach");
    await expect(page.getByText("begin with one evening")).toBeVisible();

    const safety = async (of: typeof page) => {
      await of.getByText("Safety words").click();
      return of.locator("p[translate=no]").innerText();
    };
    expect(await safety(page)).toBe(await safety(desk.page));
  });

  await test.step("the coach's desk opens on every page of it", async () => {
    for (const path of ["/desk", "/desk/profile", "/desk/hours", "/desk/calendars"]) {
      await desk.page.goto(path);
      await desk.page.getByRole("heading", { level: 1 }).waitFor();
      await desk.page.waitForLoadState("networkidle");
      await desk.look(path.slice(1).replace("/", "-"));
    }
  });

  await test.step("the client moves the session and the coach cancels it", async () => {
    await page.goto("/coach/sessions");
    await page.getByRole("link", { name: "Move" }).click();
    await page.locator("button[aria-pressed]").nth(4).click();
    await page.locator('[aria-label^="Times on"] button').nth(2).click();
    await page.getByRole("button", { name: "Move it" }).click();
    await page.waitForURL("**/coach/sessions");
    await lettersIn(house.instance.dataDir, 4);

    await desk.page.goto("/coach/sessions");
    await desk.page.getByRole("button", { name: "Cancel" }).click();
    await desk.page.getByRole("button", { name: "Cancel the session" }).click();
    await expect(desk.page.getByText("Cancelled by you")).toBeVisible();
    await page.reload();
    await expect(page.getByText("Cancelled by Imogen")).toBeVisible();
    const letters = (await lettersIn(house.instance.dataDir, 6)).join("\n");
    expect(letters).toContain("METHOD:CANCEL");
  });
});

test("the crisis page opens without sign-in and without a connection", async ({ house }) => {
  const phone = await house.visit("phone", { dark: true });
  await phone.page.goto("/");
  await phone.look("landing");
  await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await phone.page.reload();
  await phone.context.setOffline(true);
  await phone.page.goto("/crisis");
  await expect(phone.page.getByRole("link", { name: /988/ }).first()).toBeVisible();
  await phone.look("crisis-offline");
  await phone.context.setOffline(false);
});

test("a steward invites, sends a roster and sees what failed", async ({ house }) => {
  const desk = await house.visit("desktop");
  await signInThrough(desk, house.steward.email, house.steward.passphrase);
  for (const path of [
    "/stewardship",
    "/stewardship/invitations",
    "/stewardship/rosters",
    "/stewardship/coaches",
    "/stewardship/failed-jobs",
  ]) {
    await desk.page.goto(path);
    await desk.page.getByRole("heading", { level: 1 }).waitFor();
    await desk.page.waitForLoadState("networkidle");
    await desk.look(path.slice(1).replace("/", "-"));
  }
});

test("the open pages stand on a desktop, light and dark", async ({ house }) => {
  for (const dark of [false, true]) {
    const desk = await house.visit("desktop", { dark });
    for (const path of ["/", "/promises", "/join", "/sign-in", "/recover", "/crisis", "/nowhere"]) {
      await desk.page.goto(path);
      await desk.page.getByRole("heading", { level: 1 }).waitFor();
      await desk.look(`open${path.replace("/", "-")}-${dark ? "dark" : "light"}`);
    }
    await desk.context.close();
  }
});

test("the screens that the other journeys pass by stand on a phone", async ({ house }) => {
  const coach = await addCoach(house.steward, "Ottilie");
  const phone = await house.visit("phone");
  await phone.page.goto("/set-up");
  await phone.page.getByRole("heading", { level: 1 }).waitFor();
  await phone.look("set-up-done");
  await signInThrough(phone, house.steward.email, house.steward.passphrase);
  for (const path of [
    "/plan",
    "/plan/path/burnout",
    "/reflect/pulse",
    "/coach/all",
    `/stewardship/coaches/${coach.account}`,
  ]) {
    await phone.page.goto(path);
    await phone.page.getByRole("heading", { level: 1 }).waitFor();
    await phone.page.waitForLoadState("networkidle");
    await phone.look(path.slice(1).replaceAll("/", "-").replace(coach.account, "one"));
  }
  await phone.page.keyboard.press("?");
  await phone.page.getByRole("dialog").waitFor();
  await phone.look("shortcuts");
});
