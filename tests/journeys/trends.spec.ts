/** A year looked back on: what moved and what did not, what happened when, two periods compared, and the table file. */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { bytesToBase64url } from "#platform/bytes.ts";
import { writeRecord } from "#vault/contract.ts";
import { collectionKey, collectionTag, toOpenKey } from "#vault/web/keys.ts";
import { sealRecord } from "#vault/web/seal.ts";
import { invite } from "../../proofs/community.ts";
import { ask, join, must, type Member } from "../../proofs/member.ts";
import { expect, signInThrough, test, type House, type Visitor } from "./house.ts";

const PASSPHRASE = "plain words about a year";

/** As the app would have kept them: sealed, under the member's own key. */
async function keep(member: Member, collection: string, contents: readonly unknown[]) {
  const open = await toOpenKey(member.vaultKey);
  const [key, tag] = await Promise.all([
    collectionKey(open, collection),
    collectionTag(open, collection),
  ]);
  for (const content of contents) {
    const id = randomBytes(16);
    const at = { safe: member.account, collection, id: id.toString("hex"), version: 1 };
    const sealed = bytesToBase64url(await sealRecord(key, at, content));
    const params = { collection: tag, id: id.toString("base64url") };
    const { origin, cookie } = member;
    await must(ask(origin, writeRecord, { cookie, params, body: { version: 1, sealed } }));
  }
}

async function joinWith(house: House, email: string, name: string): Promise<Member> {
  const code = await invite(house.steward, email);
  return join(house.instance.origin, { code, email, name, passphrase: PASSPHRASE });
}

const EXHAUSTION = [38, 46, 42, 50, 42, 46, 54, 79, 83, 88, 79, 83];
const MARGIN = [50, 42, 50, 58, 50, 42, 50, 42, 50, 58, 42, 50];
const checkIn = (at: number) => ({
  on: `${at === 0 ? 2025 : 2026}-${String(at === 0 ? 12 : at).padStart(2, "0")}-05`,
  nth: at + 1,
  kind: "full",
  version: 1,
  answers: {},
  drivers: [],
  note: "",
  scores: { exhaustion: EXHAUSTION[at], distance: 40, margin: MARGIN[at] },
  told: {},
});
const phq = (at: number, total: number) => ({
  instrument: "phq-9",
  on: `2026-0${at + 1}-10`,
  nth: at + 1,
  response: { resourceType: "QuestionnaireResponse", item: [] },
  points: [],
  scores: { total },
  told: {},
});
const marginMeter = (at: number, value: number) => ({
  exercise: "margin-meter",
  version: 1,
  language: "en",
  begunOn: `2026-0${at + 1}-15`,
  changedOn: `2026-0${at + 1}-15`,
  isFinished: true,
  at: null,
  answers: { margin: { answer: { value }, on: `2026-0${at + 1}-15`, changes: {} } },
  promoted: {},
});

async function mark({ page }: Visitor, text: string, from: string, to = ""): Promise<void> {
  await page.getByRole("button", { name: "Mark something" }).click();
  await page.getByRole("textbox", { name: "What happened" }).fill(text);
  await page.getByLabel("Day, or first day").fill(from);
  if (to !== "") await page.getByLabel("Last day").fill(to);
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
}

test("a year of readings is told with what happened in it", async ({ house }) => {
  const member = await joinWith(house, "heron@proof.example", "Heron");
  await keep(
    member,
    "check-in",
    EXHAUSTION.map((_, at) => checkIn(at)),
  );
  await keep(
    member,
    "instruments",
    [9, 8, 10, 9].map((total, at) => phq(at, total)),
  );
  await keep(
    member,
    "exercises",
    [3, 4, 6].map((value, at) => marginMeter(at, value)),
  );
  const phone = await house.visit("phone");
  const { page } = phone;
  await signInThrough(phone, member.email, PASSPHRASE);
  await page.goto("/reflect/trend");

  await test.step("the sentence comes first, with the slope in words", async () => {
    await expect(page.getByText("Moved beyond chance: Emotional exhaustion")).toBeVisible();
    await expect(
      page.getByText(/Emotional exhaustion: no clear change since .* for the worse, seen by/),
    ).toBeVisible();
    await expect(
      page.getByText(/^About .* points higher each month; the range that fits/),
    ).toBeVisible();
    await phone.look("trends");
  });

  await test.step("what happened is marked, drawn, changed, removed and brought back", async () => {
    await page.getByRole("button", { name: "Mark something" }).click();
    await page.getByRole("button", { name: "Keep it" }).click();
    await expect(page.getByText("Write a few words, so that you know it again.")).toBeVisible();
    await phone.look("trends-event-faults");
    await page.getByRole("button", { name: "Close" }).click();
    await mark(phone, "New EHR", "2026-06-20");
    await mark(phone, "Leave", "2026-03-01", "2026-03-28");
    const figure = page.getByRole("figure");
    await expect(figure.getByText("New EHR · Jun 20, 2026")).toBeVisible();
    await page.getByRole("button", { name: "Change: New EHR" }).click();
    await page.getByRole("textbox", { name: "What happened" }).fill("=New EHR");
    await page.getByRole("button", { name: "Keep it" }).click();
    await expect(figure.getByText("=New EHR · Jun 20, 2026")).toBeVisible();
    await expect(figure.getByText("Leave · Mar 1, 2026 – Mar 28, 2026")).toBeVisible();
    await page.getByRole("button", { name: "Remove: Leave" }).click();
    await expect(figure.getByText("Leave · Mar 1, 2026 – Mar 28, 2026")).toBeHidden();
    await page.getByRole("button", { name: "Bring it back" }).click();
    await expect(figure.getByText("Leave · Mar 1, 2026 – Mar 28, 2026")).toBeVisible();
  });

  await test.step("the usual range shows what stands out", async () => {
    await page.getByText("Draw the usual range (process chart)").click();
    await expect(page.getByText(/By the first eight readings the usual range is/)).toBeVisible();
    await phone.look("trends-limits");
  });

  await test.step("before and since are compared, with the threshold beside", async () => {
    await page.getByLabel("Which periods").selectOption({ label: "Before and since: =New EHR" });
    await expect(page.getByText(/Before, the middle reading is .* Since, it is/)).toBeVisible();
    await expect(page.getByText(/Worse: two single readings/)).toBeVisible();
    await expect(page.getByText(/Put beside each other in all 35 ways/)).toBeVisible();
    await page.getByLabel("Which periods").selectOption({ label: "Dates of my own" });
    await expect(page.getByText("Pick both ends of both periods.")).toBeVisible();
    await phone.look("trends-own-dates");
  });

  await test.step("noise is called noise", async () => {
    await page.getByLabel("Measure").selectOption({ label: "Margin" });
    await expect(page.getByText(/Margin: no clear change since/)).toBeVisible();
    await expect(page.getByText(/No slope that stands out from chance/)).toBeVisible();
  });

  await test.step("exercises and questionnaires stand there in the same way", async () => {
    await page.getByText("Exercises", { exact: true }).click();
    await expect(page.getByText(/How far chance alone moves it is not known/)).toBeVisible();
    await expect(
      page.getByText("A slope takes six days with a reading; here are 3."),
    ).toBeVisible();
    await phone.look("trends-exercise");
    await page.getByText("Questionnaires", { exact: true }).click();
    await expect(page.getByText(/Depressive symptoms: no clear change since/)).toBeVisible();
  });

  await test.step("the file holds every reading, and no formula", async () => {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save all readings (CSV)" }).click();
    const csv = await readFile(await (await download).path(), "utf8");
    expect(csv.split("\r\n")).toHaveLength(1 + 3 * 12 + 4 + 3 + 2 + 1);
    expect(csv).toContain(",'=New EHR,");
  });

  for (const dark of [false, true]) {
    const desk = await house.visit("desktop", { dark });
    await signInThrough(desk, member.email, PASSPHRASE);
    await desk.page.goto("/reflect/trend");
    await desk.page.getByText("Draw the usual range (process chart)").click();
    await desk.page
      .getByLabel("Which periods")
      .selectOption({ label: "Before and since: =New EHR" });
    await desk.look(`trends-desk-${dark ? "dark" : "light"}`);
    await desk.context.close();
  }
});

test("with nothing to draw, and with one reading, the page says what is to come", async ({
  house,
}) => {
  const member = await joinWith(house, "teal@proof.example", "Teal");
  const phone = await house.visit("phone", { dark: true });
  await signInThrough(phone, member.email, PASSPHRASE);
  await phone.page.goto("/reflect/trend");
  await expect(phone.page.getByText("Nothing to draw yet.")).toBeVisible();
  await phone.look("trends-none-dark");
  await keep(member, "check-in", [checkIn(0)]);
  await phone.page.reload();
  await expect(phone.page.getByText(/one reading so far/)).toBeVisible();
  await phone.look("trends-one-dark");
});
