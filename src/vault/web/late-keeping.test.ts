import fc from "fast-check";
import { expect, test } from "vitest";
import { Browser, withBrowsers } from "../../../tests/device.ts";
import { withIdentity, type Person } from "../../../tests/identity.ts";
import { readRecords } from "../contract.ts";
import {
  LONGEST_WAIT_MS,
  openLateKeeping,
  SHORTEST_WAIT_MS,
  type LateKeeping,
} from "./late-keeping.ts";
import type { Safe } from "./safe.ts";

const house = withIdentity();
withBrowsers();

const ID = "0123456789abcdef".repeat(2);
const OTHER = "fedcba9876543210".repeat(2);
const MINUTE = 60_000;

/** A clock that the test moves, and with it whatever waits for its hour. */
class Hours {
  at = 1_000_000;
  #waiting: { at: number; act: () => void }[] = [];
  random = () => 2 ** 31;
  readonly surroundings = {
    now: () => this.at,
    random: () => this.random(),
    after: (ms: number, act: () => void) => {
      const one = { at: this.at + ms, act };
      this.#waiting.push(one);
      return () => {
        this.#waiting = this.#waiting.filter((each) => each !== one);
      };
    },
  };

  get wakes(): readonly number[] {
    return this.#waiting.map(({ at }) => at);
  }

  goTo(at: number): Promise<void> {
    this.at = at;
    const due = this.#waiting.filter((each) => each.at <= at);
    this.#waiting = this.#waiting.filter((each) => each.at > at);
    for (const { act } of due) act();
    return Promise.resolve();
  }
}

interface Opened {
  readonly browser: Browser;
  readonly safe: Safe;
  readonly late: LateKeeping;
  readonly hours: Hours;
  readonly goTo: (at: number) => Promise<void>;
}

async function opened(
  person: Person,
  hours = new Hours(),
  browser = new Browser(house, person),
): Promise<Opened> {
  house.limits = { take: () => 0 };
  const safe = await browser.open();
  const late = await browser.in(() => Promise.resolve(openLateKeeping(safe, hours.surroundings)));
  await quiet(person);
  const goTo = async (at: number) => {
    await browser.in(() => hours.goTo(at));
    await quiet(person);
  };
  return { browser, safe, late, hours, goTo };
}

/** Until what was begun is done: it has the lock before us. */
const quiet = ({ account }: Person) =>
  navigator.locks.request(`callroom-late ${account}`, () => undefined);

async function allSent({ browser, safe }: Opened): Promise<void> {
  for (let rounds = 0; rounds < 5; rounds++) await browser.in(() => safe.sync());
}

const stored = async (person: Person) =>
  (await house.must(readRecords, { token: person.token, query: { after: 0 } })).records;

test("nothing is sent before its time, and all of it together when that has come", async () => {
  const person = await house.join();
  const phone = await opened(person);
  const { browser, safe, late, hours, goTo } = phone;
  await late.keepLater("path", ID, { canary: "a quiet word" });
  await goTo(hours.at + 20 * MINUTE);
  await late.keepLater("path", OTHER, "another");
  const [due] = hours.wakes;
  await goTo(due! - 1);
  expect(browser.requests).toEqual([]);
  expect(await late.read("path", ID)).toEqual({ canary: "a quiet word" });
  expect([safe.get("path", ID), await safe.unsent(), await safe.late()]).toEqual([null, 2, 2]);
  expect(browser.contents).not.toMatch(/canary|quiet|path/);
  await goTo(due!);
  await allSent(phone);
  expect(await stored(person)).toHaveLength(2);
  expect(safe.get("path", ID)).toEqual({ canary: "a quiet word" });
  expect([await safe.unsent(), await safe.late(), hours.wakes]).toEqual([0, 0, []]);
});

test("whatever chance says, it waits between half an hour and six hours", async () => {
  const person = await house.join();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 32 - 1 }), async (bits) => {
      const hours = new Hours();
      hours.random = () => bits;
      const { late } = await opened(person, hours);
      await late.keepLater("path", ID, bits);
      const [due] = hours.wakes;
      expect(due! - hours.at).toBeGreaterThanOrEqual(SHORTEST_WAIT_MS);
      expect(due! - hours.at).toBeLessThan(LONGEST_WAIT_MS);
    }),
    { numRuns: 20, examples: [[0], [2 ** 32 - 1]] },
  );
});

test("what was kept just before the hour waits for the next one", async () => {
  const person = await house.join();
  const { safe, late, hours, goTo } = await opened(person);
  await late.keepLater("path", ID, "early");
  const [due] = hours.wakes;
  await goTo(due! - MINUTE);
  await late.keepLater("path", OTHER, "just before");
  await goTo(due!);
  expect([safe.get("path", ID), safe.get("path", OTHER)]).toEqual(["early", null]);
  const [next] = hours.wakes;
  expect(next! - due!).toBeGreaterThanOrEqual(SHORTEST_WAIT_MS);
  await goTo(next!);
  expect(safe.get("path", OTHER)).toBe("just before");
});

test("a reload loses nothing, and where the device was closed at the hour it goes when the safe is opened", async () => {
  const person = await house.join();
  const { browser, safe, late, hours } = await opened(person);
  await late.keepLater("path", ID, "kept");
  const [due] = hours.wakes;
  late.close();
  safe.close();

  const soon = new Hours();
  soon.at = hours.at + MINUTE;
  const reloaded = await opened(person, soon, browser);
  expect(await reloaded.late.read("path", ID)).toBe("kept");
  expect([browser.requests, soon.wakes]).toEqual([[], [due]]);
  reloaded.late.close();
  reloaded.safe.close();

  const days = new Hours();
  days.at = due! + 48 * 60 * MINUTE;
  const later = await opened(person, days, browser);
  await later.goTo(days.at);
  await allSent(later);
  expect(later.safe.get("path", ID)).toBe("kept");
  expect(await stored(person)).toHaveLength(1);
});

test("what was cut off while it went is sent once, and a removal too", async () => {
  const person = await house.join();
  const { browser, safe, late, hours, goTo } = await opened(person);
  await browser.in(() => safe.write("path", OTHER, "there"));
  await late.keepLater("path", ID, "kept");
  await late.keepLater("path", OTHER, null);
  expect(await late.read("path", OTHER)).toBeNull();
  // Written to the safe, and then the tab was closed.
  await browser.in(() => safe.write("path", ID, "kept"));
  const version = safe.list("path").find(({ id }) => id === ID)?.version;
  await goTo(hours.wakes[0]!);
  expect(safe.list("path").map(({ id, content }) => [id, content])).toEqual([[ID, "kept"]]);
  expect(safe.list("path")[0]!.version).toBe(version);
  expect(safe.list("set-aside")).toEqual([]);
});

test("what another device wrote in the meantime is set aside, not lost", async () => {
  const person = await house.join();
  const phone = await opened(person);
  await phone.late.keepLater("path", ID, "from the phone");
  const laptop = await opened(person);
  await laptop.browser.in(() => laptop.safe.write("path", ID, "from the laptop"));
  await allSent(laptop);
  await allSent(phone);
  expect(await phone.late.read("path", ID)).toBe("from the phone");
  await phone.goTo(phone.hours.wakes[0]!);
  expect(phone.safe.get("path", ID)).toBe("from the phone");
  const aside = phone.safe.list<{ content: unknown }>("set-aside");
  expect(aside.map(({ content }) => content.content)).toEqual(["from the laptop"]);
});

test("another account on the same device never sees it", async () => {
  const [person, somebodyElse] = [await house.join(), await house.join()];
  const first = await opened(person);
  await first.late.keepLater("path", ID, { canary: "a quiet word" });
  first.late.close();
  first.safe.close();
  const hours = new Hours();
  hours.at = first.hours.at + 24 * 60 * MINUTE;
  const second = await opened(somebodyElse, hours, new Browser(house, somebodyElse, first.browser));
  await second.goTo(hours.at);
  expect(await second.late.read("path", ID)).toBeNull();
  expect(await second.safe.late()).toBe(0);
  expect(await stored(somebodyElse)).toEqual([]);
});

test("two tabs keep one batch, and neither loses what the other kept", async () => {
  const person = await house.join();
  const one = await opened(person);
  const two = await opened(person, new Hours(), new Browser(house, person, one.browser));
  await Promise.all([
    one.late.keepLater("path", ID, "from one"),
    two.late.keepLater("path", OTHER, "from the other"),
  ]);
  expect(await one.safe.late()).toBe(2);
  expect(await two.late.read("path", ID)).toBe("from one");
});

test("a clock that was set back keeps nothing for ever", async () => {
  const person = await house.join();
  const { safe, late, hours, goTo } = await opened(person);
  await late.keepLater("path", ID, "kept");
  late.close();
  hours.at -= 400 * 24 * 60 * MINUTE;
  const again = openLateKeeping(safe, hours.surroundings);
  await quiet(person);
  await goTo(hours.wakes[0]!);
  expect(safe.get("path", ID)).toBe("kept");
  again.close();
});
