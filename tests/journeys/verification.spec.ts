/**
 * Being verified, as whoever asks sees it: by number, by a sealed document, by colleagues, by a mailbox; a no
 * with its way back; and the logs that every device checks.
 */
import type { Route } from "@playwright/test";
import { addMember, nextNpi, openStewardKey, verifyMember } from "../../proofs/community.ts";
import { letterTo } from "../../proofs/instance.ts";
import { ask, must, type Member } from "../../proofs/member.ts";
import { readStewardKeys } from "#stewardship/steward-keys-contract.ts";
import {
  addInstitution,
  decideVerification,
  readDocument,
  readVerifications,
} from "#stewardship/verification-contract.ts";
import { openDocument } from "#stewardship/web/document-seal.ts";
import { openEpochWrap } from "#stewardship/web/steward-key.ts";
import { endAllSessions } from "#identity/contract.ts";
import type { RefusalReason } from "#identity/verification.ts";
import { toOpenKey } from "#vault/web/keys.ts";
import { comeAs, expect, signInThrough, test, type House, type Visitor } from "./house.ts";

const PDF = Buffer.from("%PDF-1.7 a fictional licence");

/** The asking that the steward sees of somebody, by what they are called. */
async function askingOf({ steward }: House, name: string) {
  const as = { cookie: steward.cookie };
  const { verifications } = await must(ask(steward.origin, readVerifications, as));
  const found = verifications.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${name} doesn't wait`);
  return found;
}

async function decide(house: House, name: string, reason?: RefusalReason): Promise<void> {
  const { id } = await askingOf(house, name);
  await must(
    ask(house.steward.origin, decideVerification, {
      cookie: house.steward.cookie,
      params: { id },
      body: reason === undefined ? { decision: "approve" } : { decision: "refuse", reason },
    }),
  );
}

async function signedIn(house: House, member: Member, dark = false): Promise<Visitor> {
  const phone = await house.visit("phone", { dark });
  await signInThrough(phone, member.email, member.passphrase);
  return phone;
}

async function goTo({ page }: Visitor, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).waitFor();
}

/** From the page of ways to one of them. */
async function choose({ page }: Visitor, way: string): Promise<void> {
  await page.goto("/account/verification");
  await page.getByRole("link", { name: way }).click();
  await expect(page.getByRole("heading", { level: 1, name: way })).toBeVisible();
}

async function typeName({ page }: Visitor): Promise<void> {
  await page.getByLabel("Given names on the licence").fill("Prova");
  await page.getByLabel("Family name on the licence").fill("Proving");
}

test("a doctor asks by NPI, waits, and is verified", async ({ house }) => {
  const member = await addMember(house.steward, "Juniper");
  const phone = await signedIn(house, member);
  const { page } = phone;

  await goTo(phone, "/account");
  await expect(page.getByText("Nobody has confirmed yet that you are a doctor")).toBeVisible();
  await phone.look("account-unverified");
  await page.getByRole("link", { name: "Open your verification" }).click();
  await expect(page.getByRole("heading", { name: "Choose one way" })).toBeVisible();
  await phone.look("verification-none");
  await page.getByRole("link", { name: "Your NPI" }).click();

  const npi = nextNpi();
  const mistyped = npi.slice(0, -1) + ((Number(npi.at(-1)) + 1) % 10);
  const field = page.getByLabel("NPI", { exact: true });
  await field.fill(mistyped);
  await expect(page.getByText("One of them may be mistyped")).toBeVisible();
  await typeName(phone);
  await phone.look("verification-npi-mistyped");

  await test.step("what was typed is there after a reload, and without a connection", async () => {
    // A draft is kept a moment after the last key.
    await page.waitForTimeout(600);
    await page.reload();
    await expect(page.getByText("What you typed last time is still here.")).toBeVisible();
    await expect(field).toHaveValue(mistyped);
    await field.fill(npi);
    await phone.context.setOffline(true);
    await page.getByRole("button", { name: "Ask a steward" }).click();
    await expect(page.getByRole("alert")).toContainText("What you typed is still here");
    await expect(field).toHaveValue(npi);
    await phone.context.setOffline(false);
  });

  await page.getByRole("button", { name: "Ask a steward" }).click();
  await expect(page.getByText("A steward looks at it", { exact: true })).toBeVisible();
  await phone.look("verification-asked");

  await decide(house, "Juniper");
  await expect
    .poll(() => letterTo(house.instance.origin, member.email))
    .toContain("Something is waiting");
  await test.step("Today says so until it has been seen", async () => {
    await goTo(phone, "/today");
    await page.getByRole("link", { name: "You are verified" }).waitFor();
    await phone.look("today-verified");
    await page.getByRole("link", { name: "You are verified" }).click();
    await expect(page.getByText("By your NPI.")).toBeVisible();
    await phone.look("verification-verified");
    const read = page.waitForResponse((response) => response.url().endsWith("/verification"));
    await goTo(phone, "/today");
    await read;
    await expect(page.getByRole("link", { name: "You are verified" })).toBeHidden();
  });
  await goTo(phone, "/account/verification/by/vouching");
  await expect(page.getByText("There is nothing to ask.")).toBeVisible();
  await phone.context.close();
});

test("who was refused sees why, and the way back", async ({ house }) => {
  const member = await addMember(house.steward, "Linden");
  const phone = await signedIn(house, member, true);
  const { page } = phone;
  await choose(phone, "Your NPI");
  const npi = nextNpi();
  await page.getByLabel("NPI", { exact: true }).fill(npi);
  await typeName(phone);
  await test.step("a session that ended loses nothing", async () => {
    // Just then: the page asks for things by itself as well, and would notice before anything was pressed.
    const asking = async (route: Route) => {
      await must(ask(member.origin, endAllSessions, { cookie: member.cookie }));
      await route.continue();
    };
    await page.route("**/api/named/verification/npi", asking, { times: 1 });
    await page.getByRole("button", { name: "Ask a steward" }).click();
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await signInThrough(phone, member.email, member.passphrase);
    await choose(phone, "Your NPI");
    await expect(page.getByLabel("NPI", { exact: true })).toHaveValue(npi);
    await expect(page.getByLabel("Family name on the licence")).toHaveValue("Proving");
  });
  await page.getByRole("button", { name: "Ask a steward" }).click();
  await expect(page.getByText("A steward looks at it", { exact: true })).toBeVisible();
  await decide(house, "Linden", "name-differs");

  await goTo(phone, "/account/decisions");
  await expect(page.getByText("An asking was refused: the entry has another name.")).toBeVisible();
  await phone.look("decisions-dark");
  await goTo(phone, "/account/verification");
  await expect(page.getByText("The entry under this number has another name.")).toBeVisible();
  await expect(page.getByText("send a document that shows both")).toBeVisible();
  await phone.look("verification-refused-dark");
  await choose(phone, "A document");
  await phone.look("verification-document-waits-or-ready-dark");
  await phone.context.close();
});

test("a document is sealed on the device and opens for the steward alone", async ({ house }) => {
  const member = await addMember(house.steward, "Alder");
  const desk = await house.visit("desktop");
  await signInThrough(desk, member.email, member.passphrase);
  const { page } = desk;

  await test.step("without the stewards' key it waits", async () => {
    await page.route("**/api/public/steward-log", (route) =>
      route.fulfill({ json: { entries: [], documentsWait: true } }),
    );
    await choose(desk, "A document");
    await expect(page.getByText("Documents wait for a steward")).toBeVisible();
    await desk.look("verification-document-waits");
    await page.unroute("**/api/public/steward-log");
  });

  const { epochKeys, epoch } = await openStewardKey(house.steward);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByLabel("The document").waitFor();
  await page.getByLabel("NPI", { exact: true }).fill(nextNpi());
  await typeName(desk);

  const choosing = async (name: string, buffer: Buffer) =>
    page.getByLabel("The document").setInputFiles({ name, mimeType: "application/pdf", buffer });
  await choosing("licence.pdf", Buffer.from("GIF89a"));
  await expect(page.getByText("no PDF, JPEG or PNG inside")).toBeVisible();
  await choosing("licence.pdf", Buffer.concat([PDF, Buffer.alloc(5 * 1024 * 1024)]));
  await expect(page.getByText("more than 5 MB")).toBeVisible();
  await choosing("my-own-name.pdf", PDF);
  await expect(page.getByText("my-own-name.pdf")).toBeVisible();
  await desk.look("verification-document");

  const sent = page.waitForRequest((request) => request.url().endsWith("/verification/document"));
  await page.getByRole("button", { name: "Seal and send" }).click();
  const body = (await sent).postData() ?? "";
  expect(body).not.toContain("my-own-name");
  expect(body).not.toContain(PDF.toString("base64url").slice(8, -8));
  await expect(page.getByText("A steward opens your document and decides")).toBeVisible();

  const { id } = await askingOf(house, "Alder");
  const as = { cookie: house.steward.cookie };
  const { wraps } = await must(ask(house.steward.origin, readStewardKeys, as));
  const open = await toOpenKey(house.steward.vaultKey);
  const wrap = wraps.find((each) => each.epoch === epoch)!;
  const secret = await openEpochWrap(open, epoch, epochKeys, wrap.sealed);
  const { sealed } = await must(ask(house.steward.origin, readDocument, { ...as, params: { id } }));
  const opened = await openDocument(secret!, epoch, epochKeys, member.account, sealed);
  expect(Buffer.from(opened!).equals(PDF)).toBe(true);

  await test.step("and can be taken back", async () => {
    await page.getByRole("button", { name: "Take it back" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("is destroyed").waitFor();
    await desk.look("verification-withdraw");
    await dialog.getByRole("button", { name: "Take it back" }).click();
    await expect(page.getByRole("heading", { name: "Choose one way" })).toBeVisible();
    const again = await ask(house.steward.origin, readDocument, { ...as, params: { id } });
    expect(again.ok).toBe(false);
  });
  await desk.context.close();
});

test("two colleagues vouch by a code that is shown once", async ({ house }) => {
  const asker = await addMember(house.steward, "Maple");
  const colleagues = [
    await addMember(house.steward, "Rowan"),
    await addMember(house.steward, "Hazel"),
  ];
  for (const each of colleagues) await verifyMember(house.steward, each);
  const phone = await signedIn(house, asker);
  await choose(phone, "Two colleagues here");
  await phone.page.getByLabel("Country of the licence").selectOption("GB");
  await phone.page.getByLabel("Licence or registration number").fill("7654321");
  await typeName(phone);
  await phone.look("verification-vouching");
  await phone.page.getByRole("button", { name: "Make a code" }).click();
  const shown = phone.page.locator("code");
  await expect(shown).toHaveText(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
  await phone.look("verification-code");
  const first = (await shown.textContent())!;
  await phone.page.getByRole("button", { name: "Make another code" }).click();
  await expect(shown).not.toHaveText(first);
  const code = (await shown.textContent())!;

  for (const [at, each] of colleagues.entries()) {
    const desk = await house.visit(at === 0 ? "desktop" : "phone");
    await signInThrough(desk, each.email, each.passphrase);
    await goTo(desk, "/account/verification");
    await desk.page.getByRole("link", { name: "Vouch for a colleague" }).click();
    const field = desk.page.getByLabel("Their code");
    await field.fill(first);
    await desk.page.getByRole("button", { name: "See who it is" }).click();
    await expect(desk.page.getByText("This code is no longer good")).toBeVisible();
    await expect(field).toHaveValue(first);
    await field.fill(code.toLowerCase());
    await desk.page.getByRole("button", { name: "See who it is" }).click();
    await expect(desk.page.getByText("Prova Proving")).toBeVisible();
    await desk.look(`vouch-${at}`);
    await desk.page.getByRole("button", { name: "I know them, and vouch" }).click();
    await expect(desk.page.getByText("You have vouched", { exact: true })).toBeVisible();
    await desk.context.close();
    await goTo(phone, "/account/verification");
    if (at === 0) {
      await expect(phone.page.getByText("1 of 2 colleagues has vouched.")).toBeVisible();
      await phone.look("verification-one-vouch");
    }
  }
  await expect(phone.page.getByText("Two colleagues have vouched for you.")).toBeVisible();
  await decide(house, "Maple");
  await phone.context.close();
});

test("a hospital's mailbox comes last, with its warning, and goes on after a reload", async ({
  house,
}) => {
  const { steward } = house;
  await must(
    ask(steward.origin, addInstitution, {
      cookie: steward.cookie,
      body: { domain: "lanternside.example", name: "Lanternside Hospital" },
    }),
  );
  const member = await addMember(steward, "Sorrel");
  const phone = await signedIn(house, member, true);
  const { page } = phone;
  await goTo(phone, "/account/verification");
  const ways = page.getByRole("list", { name: "Choose one way" }).getByRole("link");
  await expect(ways.last()).toHaveText("A mailbox at your hospital");
  await choose(phone, "A mailbox at your hospital");
  await expect(page.getByText("Your hospital can read this mailbox")).toBeVisible();
  await page.getByLabel("NPI", { exact: true }).fill(nextNpi());
  await typeName(phone);
  await page.getByLabel("Mailbox at your hospital").fill("sorrel@elsewhere.example");
  await phone.look("verification-mail-dark");
  await page.getByRole("button", { name: "Send the letter" }).click();
  await expect(page.getByText("Stewards have not listed this institution.")).toBeVisible();
  const email = "sorrel@mail.lanternside.example";
  await page.getByLabel("Mailbox at your hospital").fill(email);
  await page.getByRole("button", { name: "Send the letter" }).click();
  const field = page.getByLabel("Eight digits");
  await field.waitFor();
  await page.waitForTimeout(600);
  await page.reload();
  await field.fill("0000 0000");
  await page.getByRole("button", { name: "Confirm the mailbox" }).click();
  await expect(page.getByText("Those aren't the digits")).toBeVisible();
  const digits = /\b\d{4} \d{4}\b/.exec(await letterTo(house.instance.origin, email))![0];
  await field.fill(digits);
  await phone.look("verification-digits-dark");
  await page.getByRole("button", { name: "Confirm the mailbox" }).click();
  await expect(page.getByText("a mailbox at lanternside.example")).toBeVisible();
  await phone.look("verification-confirmed-dark");
  await decide(house, "Sorrel");
  await phone.context.close();
});

test("a device tells its owner when a log is no longer the one it knew", async ({ house }) => {
  await openStewardKey(house.steward);
  const desk = await house.visit("desktop");
  await comeAs(desk, house, {
    name: "Bryony",
    email: "bryony@proof.example",
    passphrase: "plain words kept quite well",
  });
  const { page } = desk;
  await goTo(desk, "/account/decisions");
  await expect(page.getByText("Checked on this device")).toBeVisible();
  await expect(page.getByText("One steward")).toBeVisible();
  await expect(page.getByText("The stewards' key was founded.")).toBeVisible();
  await desk.look("decisions");

  await page.route("**/api/named/decisions*", (route) =>
    route.fulfill({ json: { decisions: [], last: 0 } }),
  );
  await page.reload();
  await expect(page.getByText("another history of decisions than before")).toBeVisible();
  await desk.look("decisions-lost");
  await goTo(desk, "/today");
  await page.reload();
  await expect(page.getByText("A log doesn't go on from what your devices know")).toBeVisible();
  await desk.look("today-log-trouble");

  await page.unroute("**/api/named/decisions*");
  await goTo(desk, "/account/decisions");
  await expect(page.getByText("Checked on this device")).toBeVisible();

  await test.step("a new history is taken by hand alone", async () => {
    await page.route("**/api/public/steward-log", (route) =>
      route.fulfill({ json: { entries: [], documentsWait: true } }),
    );
    await page.reload();
    await expect(page.getByText("another history of the stewards' key than before")).toBeVisible();
    await goTo(desk, "/account/verification/by/document");
    await expect(page.getByText("Nothing is sealed to this key")).toBeVisible();
    await page.getByRole("link", { name: "Look at the logs" }).click();
    await page.getByRole("button", { name: /take the new history/ }).click();
    await expect(page.getByText("Checked on this device")).toBeVisible();
    await expect(page.getByText("Nobody yet")).toBeVisible();
  });
  await desk.context.close();
});
