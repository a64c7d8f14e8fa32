import { expect, test } from "vitest";
import { Browser, withBrowsers } from "../../../tests/device.ts";
import { withIdentity, type Person } from "../../../tests/identity.ts";
import { readRecords } from "../contract.ts";
import { openLateKeeping } from "./late-keeping.ts";
import { leaveBehind, takeUp, type Shelf } from "./left-behind.ts";

const house = withIdentity();
withBrowsers();

const ID = "0123456789abcdef".repeat(2);
const OTHER = "fedcba9876543210".repeat(2);

/** The part of IndexedDB that outlives the device's own database. */
function makeShelf(): { shelf: Shelf; contents: () => string } {
  const accounts = new Map<string, { account: string }>();
  const shelf = {
    get: (_: string, key: string) => Promise.resolve(structuredClone(accounts.get(key))),
    put: (_: string, value: { account: string }) => {
      accounts.set(value.account, structuredClone(value));
      return Promise.resolve();
    },
    delete: (_: string, key: string) => Promise.resolve(void accounts.delete(key)),
    close: () => undefined,
  };
  const contents = () =>
    JSON.stringify([...accounts.values()], (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : (value as unknown),
    );
  return { shelf: shelf as unknown as Shelf, contents };
}

/** Writes a record and a draft where no request gets through. */
async function writtenOffline(person: Person, content: unknown): Promise<Browser> {
  house.limits = { take: () => 0 };
  const browser = new Browser(house, person);
  browser.cut = () => "before";
  const safe = await browser.open();
  await browser.in(() => safe.write("path", ID, content));
  await browser.in(() => safe.writeDraft("message", "half a sentence"));
  expect(await safe.unsent()).toBe(1);
  return browser;
}

const stored = async (person: Person) =>
  (await house.must(readRecords, { token: person.token, query: { after: 0 } })).records;

test("what was not sent when somebody else came is sent when its owner is back, and the draft is there", async () => {
  const person = await house.join();
  const before = await writtenOffline(person, { canary: "a quiet word" });
  const { shelf } = makeShelf();
  await leaveBehind(before.device, shelf, person.account);
  before.close();

  // The device was wiped since.
  const after = new Browser(house, person);
  await takeUp(after.device, shelf, person.account);
  const safe = await after.open();
  expect(safe.get("path", ID)).toEqual({ canary: "a quiet word" });
  expect(await safe.readDraft("message")).toBe("half a sentence");
  await after.in(() => safe.sync());
  expect(await safe.unsent()).toBe(0);
  expect(await stored(person)).toHaveLength(1);
});

test("meanwhile it lies there sealed, and only for the account it belongs to", async () => {
  const person = await house.join();
  const before = await writtenOffline(person, { canary: "a quiet word" });
  const { shelf, contents } = makeShelf();
  await leaveBehind(before.device, shelf, person.account);
  expect(contents()).not.toMatch(/canary|quiet|path|sentence/);

  const somebodyElse = await house.join();
  const theirs = new Browser(house, somebodyElse);
  await takeUp(theirs.device, shelf, somebodyElse.account);
  expect(theirs.waiting).toBe(0);
  expect(contents()).toContain(person.account);

  await takeUp(new Browser(house, person).device, shelf, person.account);
  expect(contents()).toBe("[]");
});

test("what another device wrote in the meantime is not lost by it", async () => {
  const person = await house.join();
  const before = await writtenOffline(person, { from: "the lent tablet" });
  const { shelf } = makeShelf();
  await leaveBehind(before.device, shelf, person.account);
  before.close();

  const phone = new Browser(house, person);
  const atHome = await phone.open();
  await phone.in(() => atHome.write("path", ID, { from: "the phone" }));
  await phone.in(() => atHome.write("path", OTHER, { from: "the phone too" }));
  await phone.in(() => atHome.sync());
  phone.close();

  const after = new Browser(house, person);
  await takeUp(after.device, shelf, person.account);
  const safe = await after.open();
  for (let rounds = 0; rounds < 4; rounds++) await after.in(() => safe.sync());
  expect(safe.get("path", ID)).toEqual({ from: "the lent tablet" });
  expect(safe.get("path", OTHER)).toEqual({ from: "the phone too" });
  const aside = safe.list<{ content: unknown }>("set-aside").map(({ content }) => content.content);
  expect(aside).toEqual([{ from: "the phone" }]);
  expect(await safe.unsent()).toBe(0);
});

test("what waited to go late is there again, and that it was written tells nobody that somebody was here", async () => {
  const person = await house.join();
  house.limits = { take: () => 0 };
  const before = new Browser(house, person);
  const safe = await before.open();
  const late = openLateKeeping(safe);
  await before.in(() => late.begin());
  for (let rounds = 0; rounds < 3; rounds++) await before.in(() => safe.sync());
  const { shelf, contents } = makeShelf();
  await leaveBehind(before.device, shelf, person.account);
  expect(contents()).toBe("[]");

  await late.keepLater("circle standing", { canary: "a quiet word" });
  late.close();
  await leaveBehind(before.device, shelf, person.account);
  expect(contents()).not.toMatch(/canary|quiet|standing/);
  before.close();
  const after = new Browser(house, person);
  await takeUp(after.device, shelf, person.account);
  const again = openLateKeeping(await after.open());
  expect(await again.read("circle standing")).toEqual({ canary: "a quiet word" });
});

test("an account that had sent everything leaves nothing behind", async () => {
  const person = await house.join();
  const browser = new Browser(house, person);
  const safe = await browser.open();
  await browser.in(() => safe.write("path", ID, { canary: "a quiet word" }));
  await browser.in(() => safe.sync());
  await browser.in(() => safe.sync());
  const { shelf, contents } = makeShelf();
  await leaveBehind(browser.device, shelf, person.account);
  expect(contents()).toBe("[]");
});
