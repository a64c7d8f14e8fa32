/**
 * Six browsers in one room, as many as a circle begins with: everybody hears everybody by the relay alone. Thirty voices
 * want two cores for themselves, so it runs where it is asked for: `SIX_VOICES=yes`.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import {
  atTheDoor,
  comeIn,
  expectOnlyRelayed,
  heard,
  HOUR,
  LAUNCH,
  MEMBERS,
  PATIENTLY,
  people,
  test,
  whereShown,
  type Opened,
} from "./live-house.ts";

/** A tone too soft to count as speech: nobody has to be told who speaks, and the devices have only to pass it on. */
const quietly = test.extend<object, object>({
  launchOptions: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads there that nothing is needed.
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), "callroom-voice-"));
      const file = join(folder, "voice.wav");
      await writeFile(file, softTone());
      const args = [...LAUNCH.args, `--use-file-for-fake-audio-capture=${file}`];
      await use({ ...LAUNCH, args });
      await rm(folder, { recursive: true });
    },
    { scope: "worker" },
  ],
});

if (process.env["SIX_VOICES"] === "yes")
  quietly(
    "six hear one another, by the relay alone, and go through the hour together",
    async ({ house }) => {
      const { instance, sitting, relay } = house;
      quietly.skip(relay === null, "coturn is not installed");
      await instance.setClock(HOUR);

      // All are at the door before the first is heard: a page that loads wants the machine for itself.
      const inside: Opened[] = [];
      await quietly.step("all come to the door", async () => {
        for (const doctor of sitting)
          inside.push(await house.open(doctor, "desktop", { plainVoice: true }));
        for (const { page } of inside) await atTheDoor(page);
      });
      const pages = inside.map(({ page }) => page);
      await quietly.step("one after the other comes in", async () => {
        for (const page of pages) await comeIn(page);
        for (const page of pages) await expect(people(page)).toHaveCount(MEMBERS, PATIENTLY);
      });

      await quietly.step("everybody hears everybody else", async () => {
        for (const page of pages) {
          await expect(people(page).filter({ hasText: /with voice|speaks/ })).toHaveCount(
            MEMBERS,
            PATIENTLY,
          );
          await expect
            .poll(() => heard(page), PATIENTLY)
            .toEqual(Array.from({ length: MEMBERS - 1 }, () => true));
        }
      });

      await quietly.step("no way but the relay's was looked at, on either side", () =>
        expectOnlyRelayed(pages, relay!),
      );

      await quietly.step(
        "who leads moves the hour on, the turn goes round, hands are seen",
        async () => {
          const leading = await whereShown(pages, "You lead this hour");
          await leading.getByRole("button", { name: /^Go on to: Opening round/ }).click();
          for (const page of pages)
            await expect(page.getByRole("heading", { name: "Opening round" })).toBeVisible(
              PATIENTLY,
            );
          for (const page of pages.filter((each) => each !== leading))
            await expect(page.getByText(/ has the word$/)).toBeVisible(PATIENTLY);
          await leading.getByRole("button", { name: "I'm done, pass it on" }).click();
          const next = await whereShown(pages, "It is your turn");
          expect(next).not.toBe(leading);
          await leading.getByRole("button", { name: "Raise a hand" }).click();
          for (const page of pages)
            await expect(people(page).filter({ hasText: "raised a hand" })).toHaveCount(
              1,
              PATIENTLY,
            );
        },
      );

      await quietly.step("who leaves is gone for all", async () => {
        await pages.at(-1)!.getByRole("button", { name: "Leave", exact: true }).click();
        for (const page of pages.slice(0, -1))
          await expect(people(page)).toHaveCount(MEMBERS - 1, PATIENTLY);
      });

      expect(inside.flatMap(({ errors }) => errors)).toEqual([]);
      await Promise.all(inside.map(({ context }) => context.close()));
    },
  );

/** One second of 440 Hz as a WAV file: 8,000 samples of 16 bits, in one channel. */
function softTone(): Buffer {
  const rate = 8000;
  const bytes = 2 * rate;
  const file = Buffer.alloc(44 + bytes);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + bytes, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(2 * rate, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(bytes, 40);
  for (let at = 0; at < rate; at++)
    file.writeInt16LE(Math.round(200 * Math.sin((2 * Math.PI * 440 * at) / rate)), 44 + 2 * at);
  return file;
}
