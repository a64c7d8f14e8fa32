import fc from "fast-check";
import { expect, test } from "vitest";
import { Browser, withBrowsers } from "../../../tests/device.ts";
import { withIdentity, type Person } from "../../../tests/identity.ts";
import { base64urlToBytes } from "#platform/bytes.ts";
import { readRecords } from "../contract.ts";
import { RECORD_NONCE_BYTES, RECORD_TAG_BYTES } from "../record.ts";
import {
  LONGEST_WAIT_MS,
  openLateKeeping,
  SHORTEST_WAIT_MS,
  WRITE_EVERY_MS,
  type LateKeeping,
} from "./late-keeping.ts";
import { LATE, LATE_RECORD_BYTES } from "./late-record.ts";
import type { Safe } from "./safe.ts";

const house = withIdentity();
withBrowsers();

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SEALED_BYTES = RECORD_NONCE_BYTES + LATE_RECORD_BYTES + RECORD_TAG_BYTES;

/** A clock that the test moves, and with it whatever waits for its hour. */
class Hours {
  at = 1_000 * HOUR;
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
  readonly close: () => void;
}

/** As a member opens the app, and whatever that writes is sent. */
async function opened(
  person: Person,
  hours = new Hours(),
  browser = new Browser(house, person),
): Promise<Opened> {
  house.limits = { take: () => 0 };
  const safe = await browser.open();
  const late = openLateKeeping(safe, hours.surroundings);
  const one: Opened = {
    browser,
    safe,
    late,
    hours,
    goTo: async (at) => {
      await browser.in(() => hours.goTo(at));
      await allSent(one);
    },
    close: () => {
      late.close();
      safe.close();
    },
  };
  await browser.in(() => late.begin());
  await allSent(one);
  return one;
}

async function allSent({ browser, safe }: Pick<Opened, "browser" | "safe">): Promise<void> {
  for (let rounds = 0; rounds < 5; rounds++) {
    await browser.in(() => safe.sync());
    // Until what was begun is done: it has the lock before us.
    await navigator.locks.request(`callroom-late ${safe.account}`, () => undefined);
  }
}

const stored = async (person: Person) =>
  (await house.must(readRecords, { token: person.token, query: { after: 0 } })).records;
/** What the server has of it: how often it was written, and its size. */
const written = async (person: Person) =>
  (await stored(person)).map(({ version, sealed }) => [version, base64urlToBytes(sealed)!.length]);
const puts = ({ browser }: Opened) =>
  browser.requests.filter(({ method }) => method === "PUT").length;

test("a member who did nothing nameless writes as often and as much as one who did", async () => {
  const days = async (doesAct: boolean) => {
    const person = await house.join();
    const browser = new Browser(house, person);
    const hours = new Hours();
    const seen = [];
    for (const [open, isLong] of [
      [0, true],
      [9, false],
      [30, true],
      [39, true],
      [60, false],
    ] as const) {
      hours.at = (1_000 + open) * HOUR;
      const phone = await opened(person, hours, browser);
      if (doesAct) await phone.late.keepLater(`circle read until ${open}`, { sequence: open });
      await phone.goTo(hours.at + MINUTE);
      if (doesAct) await phone.late.keepLater("circle standing", { hasLeft: open > 30 });
      if (isLong) await phone.goTo(hours.at + 7 * HOUR);
      seen.push(await written(person), puts(phone));
      phone.close();
    }
    return seen;
  };
  const [quiet, busy] = [await days(false), await days(true)];
  expect(busy).toEqual(quiet);
  // At the first opening and the third, and in each of the three long stays.
  expect(quiet.at(-2)).toEqual([[5, SEALED_BYTES]]);
});

test("nothing is written at the moment of an act, and it can be read here at once", async () => {
  const person = await house.join();
  const phone = await opened(person);
  const before = [await written(person), phone.hours.wakes];
  phone.browser.requests.length = 0;
  await phone.late.keepLater("circle standing", { canary: "a quiet word" });
  await allSent(phone);
  expect(phone.browser.requests.every(({ method }) => method === "GET")).toBe(true);
  expect([await written(person), phone.hours.wakes]).toEqual(before);
  expect(await phone.late.read("circle standing")).toEqual({ canary: "a quiet word" });
  expect([await phone.safe.unsent(), await phone.safe.late()]).toEqual([1, 1]);
  expect(phone.browser.contents).not.toMatch(/canary|quiet|standing/);

  await phone.goTo(phone.hours.wakes[0]!);
  expect([await phone.safe.unsent(), await phone.safe.late()]).toEqual([0, 0]);
  expect(await phone.late.read("circle standing")).toEqual({ canary: "a quiet word" });
});

test("whatever chance says, it is written again between half an hour and six hours after an opening, once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 32 - 1 }), async (bits) => {
      const person = await house.join();
      const hours = new Hours();
      hours.random = () => bits;
      const phone = await opened(person, hours);
      const [due] = hours.wakes;
      expect(due! - hours.at).toBeGreaterThanOrEqual(SHORTEST_WAIT_MS);
      expect(due! - hours.at).toBeLessThan(LONGEST_WAIT_MS);
      await phone.goTo(due! - 1);
      expect(await written(person)).toEqual([[1, SEALED_BYTES]]);
      await phone.goTo(due!);
      expect([await written(person), hours.wakes]).toEqual([[[2, SEALED_BYTES]], []]);
    }),
    { numRuns: 4, examples: [[0], [2 ** 32 - 1]] },
  );
});

test("where the device was closed, it goes at the first opening that is twenty hours after the last writing", async () => {
  const person = await house.join();
  const phone = await opened(person);
  const { browser, hours } = phone;
  const wroteAt = hours.at;
  await phone.late.keepLater("circle standing", "kept");
  phone.close();

  for (const [after, versions] of [
    [WRITE_EVERY_MS - 1, 1],
    [WRITE_EVERY_MS, 2],
    [WRITE_EVERY_MS + HOUR, 2],
  ] as const) {
    hours.at = wroteAt + after;
    const again = await opened(person, hours, browser);
    expect(await again.late.read("circle standing")).toBe("kept");
    expect(await written(person)).toEqual([[versions, SEALED_BYTES]]);
    again.close();
  }
  const laptop = await opened(person);
  expect(await laptop.late.read("circle standing")).toBe("kept");
});

test("a reload keeps the hour that was set, and so do two tabs, and it is written once", async () => {
  const person = await house.join();
  const one = await opened(person);
  const [due] = one.hours.wakes;
  const hours = new Hours();
  hours.at = one.hours.at + MINUTE;
  hours.random = () => 5;
  const two = await opened(person, hours, new Browser(house, person, one.browser));
  expect(hours.wakes).toEqual([due]);
  await Promise.all([
    one.late.keepLater("circle one", "from one"),
    two.late.keepLater("circle two", "from the other"),
  ]);
  expect(await one.safe.late()).toBe(2);
  expect(await two.late.read("circle one")).toBe("from one");
  await Promise.all([one.goTo(due!), two.goTo(due!)]);
  expect(await written(person)).toEqual([[2, SEALED_BYTES]]);
  expect(await two.late.readAll("circle")).toEqual(["from one", "from the other"]);
});

test("what two devices kept meanwhile is both there, also where they write at the same moment", async () => {
  const person = await house.join();
  const [phone, laptop] = [await opened(person), await opened(person)];
  await phone.late.keepLater("circle phone", "from the phone");
  await phone.late.keepLater("circle both", "older");
  laptop.hours.at += MINUTE;
  await laptop.late.keepLater("circle laptop", "from the laptop");
  await laptop.late.keepLater("circle both", "newer");
  const due = (device: Opened) =>
    device.browser.in(() => device.hours.goTo(device.hours.wakes[0]!));
  await Promise.all([due(phone), due(laptop)]);
  for (const device of [phone, laptop, phone, laptop]) await allSent(device);
  for (const { safe, late } of [phone, laptop, await opened(person)]) {
    expect(await late.readAll("circle")).toEqual(["newer", "from the laptop", "from the phone"]);
    expect(safe.list("set-aside")).toEqual([]);
  }
});

test("what was kept knowing of another goes above it, whatever the devices' clocks say", async () => {
  const person = await house.join();
  const ahead = new Hours();
  ahead.at += 400 * 24 * HOUR;
  const phone = await opened(person, ahead);
  await phone.late.keepLater("circle standing", "by a clock that is a year ahead");
  await phone.goTo(ahead.wakes[0]!);
  const laptop = await opened(person);
  await laptop.late.keepLater("circle standing", "later");
  expect(await laptop.late.read("circle standing")).toBe("later");
  await laptop.goTo(laptop.hours.wakes[0]!);
  await allSent(phone);
  expect(await phone.late.read("circle standing")).toBe("later");
});

test("what was removed on one device doesn't come back from another", async () => {
  const person = await house.join();
  const phone = await opened(person);
  await phone.late.keepLater("circle standing", "there");
  await phone.goTo(phone.hours.wakes[0]!);
  const laptop = await opened(person);
  laptop.hours.at += HOUR;
  await laptop.late.keepLater("circle standing", null);
  await laptop.goTo(laptop.hours.wakes[0]!);
  await allSent(phone);
  for (const { late } of [phone, laptop]) {
    expect(await late.read("circle standing")).toBeNull();
    expect(await late.readAll("circle")).toEqual([]);
  }
});

test("the size is the same with nothing and with forty things", async () => {
  const person = await house.join();
  const phone = await opened(person);
  expect(await written(person)).toEqual([[1, SEALED_BYTES]]);
  const hash = "é".repeat(43);
  for (let at = 0; at < 40; at++)
    await phone.late.keepLater(`circle head ${"0123456789ab".repeat(3)} ${at}`, {
      length: at,
      hash,
    });
  await phone.goTo(phone.hours.wakes[0]!);
  expect(await written(person)).toEqual([[2, SEALED_BYTES]]);
  const laptop = await opened(person);
  expect(await laptop.late.readAll("circle")).toHaveLength(40);
});

test("whoever keeps far more has twice the size, and not a little more", async () => {
  const person = await house.join();
  const phone = await opened(person);
  await phone.late.keepLater("circle standing", "x".repeat(LATE_RECORD_BYTES));
  await phone.goTo(phone.hours.wakes[0]!);
  expect((await written(person))[0]![1]).toBe(SEALED_BYTES + LATE_RECORD_BYTES);
});

test("it is sealed anew each time, even where nothing changed", async () => {
  const person = await house.join();
  const phone = await opened(person);
  const [before] = await stored(person);
  await phone.goTo(phone.hours.wakes[0]!);
  const [after] = await stored(person);
  const middle = (sealed: string) => sealed.slice(100, 200);
  expect(middle(after!.sealed)).not.toBe(middle(before!.sealed));
});

test("wherever the network breaks off while it is written, it gets there, and with all that waited", async () => {
  for (const place of ["before", "after"] as const) {
    const person = await house.join();
    const phone = await opened(person);
    await phone.late.keepLater("circle standing", "kept");
    phone.browser.cut = ({ method }) => (method === "PUT" ? place : null);
    await phone.goTo(phone.hours.wakes[0]!);
    await phone.late.keepLater("circle read until", 7);
    phone.browser.cut = () => null;
    await allSent(phone);
    expect(phone.safe.syncState()).toBe("saved");
    expect(await phone.late.read("circle standing")).toBe("kept");
    expect([await phone.safe.late(), await phone.late.read("circle read until")]).toEqual([1, 7]);
    const laptop = await opened(person);
    expect(await laptop.late.readAll("circle")).toEqual(["kept"]);
    phone.close();
    laptop.close();
  }
});

test("another account on the same device never sees it", async () => {
  const [person, somebodyElse] = [await house.join(), await house.join()];
  const first = await opened(person);
  await first.late.keepLater("circle standing", { canary: "a quiet word" });
  first.close();
  const second = await opened(
    somebodyElse,
    new Hours(),
    new Browser(house, somebodyElse, first.browser),
  );
  expect(await second.late.read("circle standing")).toBeNull();
  expect(await second.safe.late()).toBe(0);
});

test("a clock that was set back keeps nothing for ever", async () => {
  const person = await house.join();
  const phone = await opened(person);
  const { browser, hours } = phone;
  await phone.late.keepLater("circle standing", "kept");
  phone.close();
  hours.at -= 400 * 24 * HOUR;
  const again = await opened(person, hours, browser);
  expect(await again.safe.late()).toBe(0);
  expect(again.safe.list(LATE)).toHaveLength(1);
  expect(hours.wakes[0]! - hours.at).toBeLessThan(LONGEST_WAIT_MS);
});
