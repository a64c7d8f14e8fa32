/** A person and their account: joining, a passkey, another device, a lost passphrase, taking all along, leaving. */
import { invite } from "../../proofs/community.ts";
import { letterTo } from "../../proofs/instance.ts";
import { expect, joinThrough, signInThrough, test } from "./house.ts";

const EMAIL = "robin@proof.example";
const FIRST = "first plain words kept well";
const SECOND = "second plain words kept well";

test("a doctor keeps their room through a lost passphrase, and leaves for good", async ({
  house,
}) => {
  const code = await invite(house.steward, EMAIL);
  const phone = await house.visit("phone", { dark: true });
  const phrase = await joinThrough(phone, code, { name: "Robin", passphrase: FIRST });
  expect(phrase).toHaveLength(24);
  await phone.look("today");

  await test.step("the invitation is used up", async () => {
    const late = await house.visit("desktop");
    await late.page.goto(`/join#${code}`);
    await expect(late.page.getByText("has been used already")).toBeVisible();
    await late.look("join-refused");
    await late.context.close();
  });

  await test.step("a passkey signs in and unlocks by one touch", async () => {
    const cdp = await phone.context.newCDPSession(phone.page);
    await cdp.send("WebAuthn.enable", { enableUI: false });
    await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        ctap2Version: "ctap2_1",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
        hasPrf: true,
      },
    });
    const sent: string[] = [];
    phone.page.on("request", (request) => {
      if (request.url().includes("/passkey")) sent.push(request.postData() ?? "");
    });
    await phone.page.goto("/account");
    await phone.look("account");
    await phone.page.getByRole("button", { name: "Add a passkey" }).click();
    await phone.page.getByRole("dialog").getByLabel("Passphrase", { exact: true }).fill(FIRST);
    await phone.page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
    await expect(phone.page.getByText("The passkey is ready.")).toBeVisible();
    expect(sent.join("")).not.toContain('"prf"');

    await phone.page.getByRole("button", { name: "Cover", exact: true }).click();
    await phone.page.getByRole("button", { name: "Continue" }).click();
    await phone.look("locked");
    await phone.page.getByRole("button", { name: "Unlock with a passkey" }).click();
    await expect(phone.page.getByRole("heading", { name: "You and your devices" })).toBeVisible();

    await phone.page.getByRole("button", { name: "Sign out on this device" }).click();
    await phone.page.goto("/sign-in");
    await phone.look("sign-in");
    await phone.page.getByRole("button", { name: "Use a passkey" }).click();
    await phone.page.waitForURL("**/today");
  });

  const LETTER = "Send me the letter on Mondays";
  await test.step("the letter on Mondays is off until it is asked for, and a letter ends it by one tap", async () => {
    await phone.page.goto("/account#weekly-letter");
    const isOn = phone.page.getByRole("checkbox", { name: LETTER });
    await expect(isOn).toBeInViewport();
    await expect(isOn).not.toBeChecked();
    await phone.page.getByText(LETTER).click();
    await expect(phone.page.getByText("The next one comes on a Monday.")).toBeVisible();
    await phone.page.reload();
    await expect(isOn).toBeChecked();
    await phone.look("weekly-letter");

    // What ends nothing is answered in the same way.
    const filter = await house.visit("phone", { dark: true });
    await filter.page.goto(`/letter#${"4a".repeat(44)}`);
    await filter.look("letter-end");
    await filter.page.getByRole("button", { name: "End the letter" }).click();
    await expect(filter.page.getByRole("heading", { name: "is ended" })).toBeVisible();
    await filter.look("letter-ended");
    await filter.context.close();
  });

  await test.step("an address that nobody wrote to gets the letter once its code came back", async () => {
    const desk = await house.visit("desktop");
    await desk.page.goto("/letter#4a4a");
    await expect(desk.page.getByText("isn't whole")).toBeVisible();
    await desk.look("letter-end-broken");
    const { email, passphrase } = house.steward;
    await signInThrough(desk, email, passphrase);
    await desk.page.goto("/account#weekly-letter");
    await expect(desk.page.getByRole("checkbox", { name: LETTER })).toBeDisabled();
    await expect(
      desk.page.getByText(`We don't know yet whether ${email} reaches you`),
    ).toBeVisible();
    await desk.look("weekly-letter-unconfirmed");
    await desk.page.getByRole("button", { name: "Send a code to this address" }).click();
    await desk.page.getByRole("dialog").getByLabel("Passphrase", { exact: true }).fill(passphrase);
    await desk.page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
    await desk.page.getByLabel("Eight digits").waitFor();
    const digits = /\d{4} \d{4}/.exec(await letterTo(house.instance.origin, email))![0];
    await desk.page.getByLabel("Eight digits").fill(digits);
    await desk.page.getByRole("button", { name: "Go on" }).click();
    await expect(desk.page.getByText("The address is confirmed.")).toBeVisible();
    await expect(desk.page.getByRole("checkbox", { name: LETTER })).toBeEnabled();
    await desk.context.close();
  });

  await test.step("a wrong passphrase and an unknown address are refused alike", async () => {
    const desk = await house.visit("desktop");
    for (const email of [EMAIL, "nobody@proof.example"]) {
      await desk.page.goto("/sign-in");
      await desk.page.getByLabel("E-mail").fill(email);
      await desk.page.getByLabel("Passphrase", { exact: true }).fill("not the one it was");
      await desk.page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(desk.page.getByText("don't go together")).toBeVisible();
      await expect(desk.page.getByLabel("E-mail")).toHaveValue(email);
    }
    await desk.context.close();
  });

  await test.step("the recovery sheet opens the room and ends every other session", async () => {
    const desk = await house.visit("desktop");
    await desk.page.goto("/recover");
    await desk.look("recover");
    await desk.page.getByLabel("E-mail").fill(EMAIL);
    await desk.page.getByLabel("The 24 words").fill([...phrase.slice(0, 23), "notaword"].join(" "));
    await desk.page.getByLabel("A new passphrase").fill(SECOND);
    await desk.page.getByRole("button", { name: "Open with the sheet" }).click();
    await expect(desk.page.getByText("Word 24 is on no list")).toBeVisible();
    await desk.page.getByLabel("The 24 words").fill(phrase.join("\n"));
    await desk.page.getByRole("button", { name: "Open with the sheet" }).click();
    await desk.page.waitForURL("**/today");
    await desk.context.close();

    await phone.page.goto("/account");
    await expect(phone.page.getByRole("heading", { name: /Sign in|locked/ })).toBeVisible();
  });

  await test.step("the account takes everything along and goes for good", async () => {
    const desk = await house.visit("desktop");
    await signInThrough(desk, EMAIL, SECOND);
    await desk.page.goto("/account");
    const downloading = desk.page.waitForEvent("download");
    await desk.page.getByRole("button", { name: "Download JSON" }).click();
    expect((await downloading).suggestedFilename()).toBe("callroom.json");

    await desk.page.getByLabel("Type DELETE to go on").fill("delete");
    await desk.page.getByRole("button", { name: "Delete my account" }).click();
    await desk.page.getByRole("dialog").getByLabel("Passphrase", { exact: true }).fill(SECOND);
    await desk.page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
    await expect(desk.page.getByText("Your account is gone.")).toBeVisible();

    await desk.page.goto("/sign-in");
    await desk.page.getByLabel("E-mail").fill(EMAIL);
    await desk.page.getByLabel("Passphrase", { exact: true }).fill(SECOND);
    await desk.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(desk.page.getByText("don't go together")).toBeVisible();
  });
});
