/** Learn: found by search, read without a connection, a programme with what was done; and the stewards' courses. */
import { comeAs, expect, signInThrough, test } from "./house.ts";

const EMAIL = "noor@proof.example";
const PASSPHRASE = "plain words about reading";

test("a doctor finds a text by a word of it, reads on without a connection, and comes back to where they stopped", async ({
  house,
}) => {
  const phone = await house.visit("phone", { dark: true });
  const { page } = phone;
  await comeAs(phone, house, { name: "Noor", email: EMAIL, passphrase: PASSPHRASE });

  await test.step("one tap from anywhere", async () => {
    await page.getByRole("link", { name: "Learn", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Learn", level: 1 })).toBeVisible();
    await expect(page.getByRole("heading", { name: "For your stage" })).toBeVisible();
    await phone.look("learn-dark");
  });

  await test.step("a word from the middle of a text finds it, and a slip is forgiven", async () => {
    const search = page.getByRole("searchbox");
    await search.fill("perfectonism");
    await expect(page.getByRole("status").filter({ hasText: "found" })).toBeVisible();
    await expect(
      page.getByRole("link", { name: "Perfectionism", exact: false }).first(),
    ).toBeVisible();
    await phone.look("learn-found-dark");
    await search.fill("qqqq");
    await expect(page.getByText("Nothing found.")).toBeVisible();
    await search.fill("litigation");
    await page.getByRole("list", { name: "Found" }).getByRole("link").first().click();
    await page.waitForURL(/\/learn\/|\/reflect\/exercise\//);
  });

  await test.step("everything opens without a connection", async () => {
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await phone.context.setOffline(true);
    await page.goto("/learn/topics/saying-no");
    await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
    await phone.look("learn-topic-offline-dark");
    await page
      .getByRole("heading", { level: 2 })
      .nth(3)
      .evaluate((part) => part.scrollIntoView());
    await page.waitForTimeout(300);
    await page.getByRole("link", { name: "Learn", exact: true }).first().click();
    await expect(page.getByRole("heading", { name: "Where you stopped" })).toBeVisible();
    await page.goto("/learn/topics/saying-no");
    await expect(page.getByText("You stopped")).toBeVisible();
    await page.getByRole("button", { name: "Go there" }).click();
    await expect(page.getByText("You stopped")).toBeHidden();
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(100);
    await page.goto("/learn/licence-forms");
    await expect(page.getByRole("table")).toBeVisible();
    await phone.look("learn-forms-dark");
    await phone.context.setOffline(false);
  });

  await test.step("a programme tells its exercises in order", async () => {
    await page.goto("/plan/path/burnout");
    await page.getByRole("link", { name: "For attendings" }).click();
    await expect(page.getByRole("heading", { name: "Exercises, in order" })).toBeVisible();
    await phone.look("learn-programme-dark");
  });

  await test.step("a mark that only the reader sees, on another device too", async () => {
    await page.getByRole("button", { name: "Mark as read" }).click();
    await expect(page.getByText("Only you can see that.")).toBeVisible();
    const desk = await house.visit("desktop");
    await signInThrough(desk, EMAIL, PASSPHRASE);
    await desk.page.goto("/learn/programmes/burnout-attending");
    await expect(desk.page.getByText("Only you can see that.")).toBeVisible();
    await desk.look("learn-programme-desktop");
    await desk.page.goto("/learn");
    await desk.look("learn-desktop");
    for (const name of ["evidence/dyrbye-2019", "roles/medical-writing", "lessons/moral-injury"]) {
      await desk.page.goto(`/learn/${name}`);
      await expect(desk.page.getByRole("heading", { name: "What to try next" })).toBeVisible();
      await desk.look(`learn-${name.replace("/", "-")}-desktop`);
    }
    await desk.page.goto("/learn/topics/nothing-of-that-name");
    await expect(desk.page.getByText("There is no text of that name.")).toBeVisible();
    await desk.context.close();
  });
  await phone.context.close();
});

test("a steward adds a course, every member sees it, and it can be taken off and put back", async ({
  house,
}) => {
  const desk = await house.visit("desktop");
  await signInThrough(desk, house.steward.email, house.steward.passphrase);
  await desk.page.goto("/stewardship");
  await desk.page.getByRole("link", { name: "Courses and webinars" }).click();
  await expect(desk.page.getByText("Nothing was added yet.")).toBeVisible();
  await desk.page.getByRole("button", { name: "Add it" }).click();
  await expect(desk.page.getByText("Give it a title.")).toBeVisible();
  await desk.page.getByLabel("Title").fill("Letters that take ten minutes");
  await desk.page.getByLabel("Who offers it").fill("Northfield Medical Society");
  await desk.page.getByLabel("Cost").fill("Free for members");
  await desk.page
    .getByLabel("What it is good for")
    .fill("How a clinic writes its letters together.");
  await desk.look("stewards-courses");
  await desk.page.getByRole("button", { name: "Add it" }).click();
  await expect(
    desk.page.getByRole("heading", { name: "Letters that take ten minutes" }),
  ).toBeVisible();
  await desk.page.getByRole("button", { name: /^Take .* off$/ }).click();
  await expect(desk.page.getByText("Nothing was added yet.")).toBeVisible();
  await desk.page.getByRole("button", { name: "Put it back" }).click();
  await expect(
    desk.page.getByRole("heading", { name: "Letters that take ten minutes" }),
  ).toBeVisible();

  await desk.page.goto("/learn/courses");
  await expect(desk.page.getByText("Added by this community")).toBeVisible();
  await desk.look("learn-courses");
  await desk.page.getByText("Free only").click();
  await expect(
    desk.page.getByRole("heading", { name: "Letters that take ten minutes" }),
  ).toBeVisible();
  await desk.page.getByLabel("Form").selectOption("in-person");
  await desk.page.getByLabel("Kind").selectOption("certificate");
  await expect(desk.page.getByText("Nothing fits these filters.")).toBeVisible();
  await desk.page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(desk.page.getByText("Added by this community")).toBeVisible();
  await desk.context.close();
});
