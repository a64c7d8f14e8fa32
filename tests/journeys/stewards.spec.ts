/**
 * Two stewards: one founds the stewards' key, the other is admitted after both compared their words; documents are
 * opened, approved and refused in the browser; an institution is listed; and the key goes on when one leaves.
 */
import type { Page } from "@playwright/test";
import { addMember, askWithDocument, invite, verifyMember } from "../../proofs/community.ts";
import { letterTo } from "../../proofs/instance.ts";
import { ask, must } from "../../proofs/member.ts";
import { readVerification } from "#identity/standing-contract.ts";
import { expect, joinThrough, signInThrough, test, type Visitor } from "./house.ts";

const PASSPHRASE = "plain words of a second steward";
// One page of nothing; enough for a browser to hand it on.
const PDF = new TextEncoder().encode(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>",
);

/** Opens a screen and waits for its own heading, not the one before. */
async function open({ page }: Visitor, path: string, title: string): Promise<Page> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  return page;
}
const openKey = (who: Visitor) => open(who, "/stewardship/key", "The stewards' key");
const openQueue = (who: Visitor) => open(who, "/stewardship/verifications", "Verifications");

/** The words with somebody, out of what discloses them. */
async function wordsWith(page: Page, name: string): Promise<readonly string[]> {
  await page.getByText(`The twelve words with ${name}`).click();
  const shown = page.getByRole("main").locator("ol[translate=no] li");
  await expect(shown).toHaveCount(12);
  return shown.allTextContents();
}

test("two stewards hold one key, and decide about documents that only their browsers open", async ({
  house,
}) => {
  const { steward: first } = house;
  const desk = await house.visit("desktop");
  const phone = await house.visit("phone", { dark: true });
  await signInThrough(desk, first.email, first.passphrase);
  const code = await invite(first, "edda@proof.example", ["steward"]);
  await joinThrough(phone, code, { name: "Edda", passphrase: PASSPHRASE });

  await test.step("the first founds the key, which nobody held", async () => {
    await open(desk, "/stewardship", "Stewardship");
    await expect(desk.page.getByText("Until somebody founds it")).toBeVisible();
    await desk.look("stewardship");
    const page = await openKey(desk);
    await page.getByRole("button", { name: "Found the key" }).click();
    await expect(page.getByText("You hold it, and nobody else does")).toBeVisible();
    await desk.look("key-founded");
  });

  await test.step("the second is admitted once both see the same twelve words", async () => {
    const theirs = await openKey(phone);
    await expect(theirs.getByText("You don't hold the key yet")).toBeVisible();
    const heard = await wordsWith(theirs, "Steward");
    await phone.look("key-waiting");
    const page = await openKey(desk);
    await page.getByRole("button", { name: "Admit Edda" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.locator("ol[translate=no] li").allTextContents()).toEqual(heard);
    await desk.look("key-admitting");
    await dialog.getByRole("button", { name: "They are the same: admit" }).click();
    await expect(page.getByText("You and one other steward hold it.")).toBeVisible();
    await openKey(phone);
    await expect(theirs.getByText("You and one other steward hold it.")).toBeVisible();
  });

  const [cosima, ludovic, mina] = [
    await addMember(first, "Cosima", [], true),
    await addMember(first, "Ludovic", [], true),
    await addMember(first, "Mina", [], true),
  ];
  await askWithDocument(cosima, await desk.page.screenshot());
  await askWithDocument(ludovic, PDF);
  const standing = async (member: typeof cosima) => {
    const told = await must(ask(member.origin, readVerification, { cookie: member.cookie }));
    return told.refusedFor ?? told.state;
  };

  await test.step("the second opens a picture in her browser, and approves", async () => {
    const page = await openQueue(phone);
    await phone.look("verifications-phone");
    await page.getByRole("button", { name: "Open the document of Cosima" }).click();
    await expect(page.getByRole("img", { name: "The document of Cosima" })).toBeVisible();
    await phone.look("document-picture");
    await page.getByRole("button", { name: "Approve Cosima" }).click();
    await expect(page.getByText("Cosima is verified.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Approve Cosima" })).toHaveCount(0);
    expect(await standing(cosima)).toBe("verified");
  });

  await test.step("the first saves a PDF, and refuses; a letter says that something waits", async () => {
    const page = await openQueue(desk);
    await page.getByRole("button", { name: "Open the document of Ludovic" }).click();
    const saving = page.waitForEvent("download");
    await page.getByRole("link", { name: "Save the PDF" }).click();
    expect((await saving).suggestedFilename()).toBe("document.pdf");
    await desk.look("verifications-desk");
    await page.getByRole("button", { name: "Refuse Ludovic" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Refuse", exact: true }).click();
    await expect(dialog.getByText("Choose the reason.")).toBeVisible();
    await dialog.getByText("The document doesn't show name, number or date").click();
    await desk.look("refusing");
    await dialog.getByRole("button", { name: "Refuse", exact: true }).click();
    await expect(page.getByText("Ludovic was refused.")).toBeVisible();
    expect(await standing(ludovic)).toBe("document-lacks-something");
    const letter = () => letterTo(first.origin, ludovic.email);
    await expect.poll(letter).toContain("Something is waiting for you.");
    expect((await letter()).toLowerCase()).not.toContain("verif");
  });

  await test.step("an institution is listed, taken off and put back", async () => {
    const page = await open(desk, "/stewardship/institutions", "Institutions");
    await page.getByLabel("Its mail domain").fill("nowhere");
    await page.getByLabel("Its name").fill("Lanternside Hospital");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.getByText("This is not a mail domain")).toBeVisible();
    await page.getByLabel("Its mail domain").fill("@Lanternside.example");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    const row = page.getByRole("row", { name: /Lanternside Hospital/ });
    await expect(row).toContainText("lanternside.example");
    await desk.look("institutions");
    await row.getByRole("button").click();
    await expect(row).toHaveCount(0);
    await page.getByRole("button", { name: "Put it back" }).click();
    await expect(row).toBeVisible();
  });

  await test.step("a verification is found by its exact name alone, and ended", async () => {
    await verifyMember(first, mina);
    const page = await open(desk, "/stewardship/verified", "Verified members");
    await page.getByLabel("Name").fill("Min");
    await page.getByRole("button", { name: "Find" }).click();
    await expect(page.getByText("Nobody verified here is called “Min”.")).toBeVisible();
    await page.getByLabel("Name").fill("mina");
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByRole("button", { name: "End the verification of Mina" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("The licence is not in force now").click();
    await dialog.getByRole("button", { name: "End the verification" }).click();
    await expect(page.getByText("Mina is no longer verified.")).toBeVisible();
    expect(await standing(mina)).toBe("licence-not-in-force");
    await desk.look("verified-members");
  });

  await test.step("one gives the role back: the other makes the key anew and seals what waits to it", async () => {
    const late = await addMember(first, "Ottoline", [], true);
    await askWithDocument(late, PDF);
    const theirs = await openKey(phone);
    await theirs.getByRole("button", { name: "Stop being a steward" }).click();
    await theirs.getByRole("button", { name: "Go on", exact: true }).click();
    const asking = theirs.getByRole("dialog");
    await asking.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
    await asking.getByRole("button", { name: "Go on", exact: true }).click();
    await expect(theirs.getByText("You are no longer a steward.")).toBeVisible();

    const page = await openKey(desk);
    await expect(page.getByText("Documents wait until then.")).toBeVisible();
    await desk.look("key-renewal-due");
    await page.getByRole("button", { name: "Make it anew" }).click();
    await page.getByRole("button", { name: "Seal them anew" }).click();
    await expect(page.getByText("One document is sealed anew.")).toBeVisible();
    await openQueue(desk);
    await page.getByRole("button", { name: "Open the document of Ottoline" }).click();
    await expect(page.getByRole("link", { name: "Save the PDF" })).toBeVisible();
    await page.getByRole("button", { name: "Approve Ottoline" }).click();
    await expect(page.getByText("Ottoline is verified.")).toBeVisible();
    expect(await standing(late)).toBe("verified");
  });
});
