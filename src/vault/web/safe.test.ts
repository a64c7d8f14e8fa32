import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesToBase64url } from "#platform/bytes.ts";
import { Browser, COLLECTIONS, withBrowsers } from "../../../tests/device.ts";
import { random, withIdentity, type Person } from "../../../tests/identity.ts";
import { readRecords } from "../contract.ts";
import { newRecordId, type Safe } from "./safe.ts";

const house = withIdentity();
withBrowsers();

const ID = "0123456789abcdef".repeat(2);
const OTHER = "fedcba9876543210".repeat(2);

interface Opened {
  readonly browser: Browser;
  readonly safe: Safe;
  readonly write: (content: unknown, id?: string, collection?: string) => Promise<void>;
  readonly sync: () => Promise<void>;
  readonly get: (id?: string, collection?: string) => unknown;
  readonly setAside: () => unknown[];
}

/** A browser of a person's with their safe open in it; `sharing` for another tab. */
async function opened(person: Person, sharing?: Browser): Promise<Opened> {
  house.limits = { take: () => 0 };
  const browser = new Browser(house, person, sharing);
  return openedIn(browser);
}

async function openedIn(browser: Browser, names?: readonly string[]): Promise<Opened> {
  const safe = await browser.open(names);
  return {
    browser,
    safe,
    write: (content, id = ID, collection = "path") =>
      browser.in(() => safe.write(collection, id, content)),
    sync: () => browser.in(() => settled(browser, safe)),
    get: (id = ID, collection = "path") => safe.get(collection, id),
    setAside: () =>
      safe
        .list<{ collection: string; id: string; content: unknown }>("set-aside")
        .map(({ content }) => content.content),
  };
}

/** Until nothing waits, or nothing more can be done: a sync under way may be one from before. */
async function settled(browser: Browser, safe: Safe): Promise<void> {
  for (let rounds = 0; rounds < 8; rounds++) {
    await safe.sync();
    if (rounds > 1 && safe.syncState() !== "saving" && browser.waiting === 0) return;
  }
}

const offline = (browser: Browser) => {
  browser.cut = () => "before";
};
const online = (browser: Browser) => {
  browser.cut = () => null;
};
const stored = async (person: Person) =>
  (await house.must(readRecords, { token: person.token, query: { after: 0 } })).records;

// Keeping and sending -----------------------------------------------------------------------------

test("what is written is kept at once, reaches the server sealed, and opens on another device", async () => {
  const person = await house.join();
  const phone = await opened(person);
  await phone.write({ canary: "a quiet word" });
  expect(phone.get()).toEqual({ canary: "a quiet word" });
  await phone.sync();
  expect(phone.safe.syncState()).toBe("saved");
  const records = await stored(person);
  expect(records).toHaveLength(1);
  expect(JSON.stringify(records)).not.toContain("path");
  expect(Buffer.from(records[0]!.sealed, "base64url").includes("canary")).toBe(false);
  expect(phone.browser.contents).not.toMatch(/canary|quiet|path/);
  const laptop = await opened(person);
  await laptop.sync();
  expect(laptop.get()).toEqual({ canary: "a quiet word" });
});

test("nothing goes out or comes in before it is known whose session this is, and nothing where it is another's", async () => {
  const person = await house.join();
  const laptop = await opened(person);
  await laptop.write("from the laptop", OTHER);
  await laptop.sync();
  for (const answer of [false, true]) {
    const browser = new Browser(house, person);
    const asked = Promise.withResolvers<boolean>();
    const safe = await browser.open(COLLECTIONS, () => asked.promise);
    await browser.in(() => safe.write("path", ID, `written, ${answer}`));
    const syncing = browser.in(() => safe.sync());
    expect([safe.get("path", ID), browser.requests]).toEqual([`written, ${answer}`, []]);
    asked.resolve(answer);
    await syncing;
    expect(browser.requests.length > 0).toBe(answer);
    expect(safe.get("path", OTHER)).toBe(answer ? "from the laptop" : null);
    expect(browser.waiting).toBe(answer ? 0 : 1);
  }
});

test("what was written without a network is there after a reload, and goes when there is one", async () => {
  const person = await house.join();
  const { browser, ...phone } = await opened(person);
  offline(browser);
  await phone.write("kept");
  await phone.sync();
  expect(phone.safe.syncState()).toBe("offline");
  phone.safe.close();
  const again = await openedIn(browser);
  expect(again.get()).toBe("kept");
  online(browser);
  await again.sync();
  expect(await stored(person)).toHaveLength(1);
  expect(browser.waiting).toBe(0);
});

test("of what was written several times without a network the last arrives, and nothing is set aside", async () => {
  const person = await house.join();
  const phone = await opened(person);
  await phone.write("before");
  await phone.sync();
  offline(phone.browser);
  for (const text of ["one", "two", "three"]) await phone.write(text);
  online(phone.browser);
  await phone.sync();
  const laptop = await opened(person);
  await laptop.sync();
  expect([laptop.get(), laptop.setAside(), phone.browser.waiting]).toEqual(["three", [], 0]);
});

test("what is written while the one before is on its way arrives too", async () => {
  const person = await house.join();
  const phone = await opened(person);
  let release = () => {};
  phone.browser.delay = () => new Promise((resolve) => (release = resolve));
  await phone.write("one");
  await expect.poll(() => phone.browser.requests.length).toBe(1);
  await Promise.all([phone.write("two"), phone.write("three"), phone.write("four")]);
  phone.browser.delay = () => Promise.resolve();
  release();
  await phone.sync();
  const laptop = await opened(person);
  await laptop.sync();
  expect([laptop.get(), laptop.setAside(), phone.browser.waiting]).toEqual(["four", [], 0]);
});

test("writes at the same moment take their turns: the last one stays", async () => {
  const person = await house.join();
  const phone = await opened(person);
  // The first takes longest to seal.
  const ballast = "x".repeat(600_000);
  await Promise.all([
    phone.write({ ballast }),
    ...Array.from({ length: 12 }, (_, nth) => phone.write(nth)),
  ]);
  await phone.sync();
  const laptop = await opened(person);
  await laptop.sync();
  expect([phone.get(), laptop.get(), laptop.setAside()]).toEqual([11, 11, []]);
});

test("an acknowledgement that got lost is no conflict, also where more was written since", async () => {
  const person = await house.join();
  const phone = await opened(person);
  phone.browser.cut = ({ method }) => (method === "PUT" ? "after" : null);
  await phone.write("one");
  await phone.sync();
  expect(await stored(person)).toHaveLength(1);
  expect(phone.browser.waiting).toBe(1);
  await phone.write("two");
  online(phone.browser);
  await phone.sync();
  const laptop = await opened(person);
  await laptop.sync();
  expect([laptop.get(), laptop.setAside(), phone.browser.waiting]).toEqual(["two", [], 0]);
});

test("a removed record is gone on every device, and the server can't tell it from a change", async () => {
  const person = await house.join();
  const [phone, laptop] = [await opened(person), await opened(person)];
  await phone.write("to be removed");
  await phone.write("to stay", OTHER);
  await phone.sync();
  await laptop.sync();
  await laptop.browser.in(() => laptop.safe.remove("path", ID));
  await laptop.sync();
  await phone.sync();
  expect([phone.get(), laptop.get()]).toEqual([null, null]);
  expect(phone.safe.list("path")).toHaveLength(1);
  const sizes = (await stored(person)).map(({ sealed }) => sealed.length);
  expect(new Set(sizes).size).toBe(1);
  const again = await openedIn(phone.browser);
  expect(again.get()).toBeNull();
  await again.write("back again");
  await again.sync();
  await laptop.sync();
  expect(laptop.get()).toBe("back again");
});

// Two devices -------------------------------------------------------------------------------------

test("of two devices that wrote the same record the later lies on top, and the earlier is set aside", async () => {
  const person = await house.join();
  const [phone, laptop] = [await opened(person), await opened(person)];
  offline(phone.browser);
  await phone.write("from the phone");
  await laptop.write("from the laptop");
  await laptop.sync();
  online(phone.browser);
  await phone.sync();
  await laptop.sync();
  for (const device of [phone, laptop])
    expect([device.get(), device.setAside()]).toEqual(["from the phone", ["from the laptop"]]);
});

test("where both wrote the same, nothing is set aside", async () => {
  const person = await house.join();
  const [phone, laptop] = [await opened(person), await opened(person)];
  offline(phone.browser);
  await phone.write({ same: true });
  await laptop.write({ same: true });
  await laptop.sync();
  online(phone.browser);
  await phone.sync();
  expect([phone.get(), phone.setAside(), phone.browser.waiting]).toEqual([{ same: true }, [], 0]);
});

test("two conflicts at once lose neither", async () => {
  const person = await house.join();
  const [phone, laptop] = [await opened(person), await opened(person)];
  offline(phone.browser);
  for (const id of [ID, OTHER]) await phone.write(`phone ${id[0]}`, id);
  for (const id of [ID, OTHER]) await laptop.write(`laptop ${id[0]}`, id);
  await laptop.sync();
  online(phone.browser);
  await phone.sync();
  await laptop.sync();
  for (const device of [phone, laptop]) {
    expect([device.get(ID), device.get(OTHER)]).toEqual(["phone 0", "phone f"]);
    expect(device.setAside().toSorted()).toEqual(["laptop 0", "laptop f"]);
  }
});

test("a removal and a change at once: the later lies on top, and what was changed is set aside", async () => {
  const person = await house.join();
  const [phone, laptop] = [await opened(person), await opened(person)];
  await phone.write("before");
  await phone.sync();
  await laptop.sync();
  offline(phone.browser);
  await phone.browser.in(() => phone.safe.remove("path", ID));
  await laptop.write("changed");
  await laptop.sync();
  online(phone.browser);
  await phone.sync();
  await laptop.sync();
  for (const device of [phone, laptop])
    expect([device.get(), device.setAside()]).toEqual([null, ["changed"]]);
});

test.each(["before", "after"] as const)(
  "a network that breaks off %s any request of a conflict loses nothing",
  async (cut) => {
    for (let nth = 0; nth < 6; nth++) {
      const person = await house.join();
      const [phone, laptop] = [await opened(person), await opened(person)];
      offline(phone.browser);
      await phone.write("from the phone");
      await laptop.write("from the laptop");
      await laptop.sync();
      let left = nth;
      phone.browser.cut = () => (left-- === 0 ? cut : null);
      await phone.sync();
      // A reload in the middle, too.
      phone.safe.close();
      const again = await openedIn(phone.browser);
      online(phone.browser);
      await again.sync();
      await laptop.sync();
      expect([nth, laptop.get()]).toEqual([nth, "from the phone"]);
      expect([nth, laptop.setAside().includes("from the laptop")]).toEqual([nth, true]);
      expect([nth, phone.browser.waiting]).toEqual([nth, 0]);
      for (const device of [again, laptop]) device.browser.close();
    }
  },
);

test("whatever two devices write, and wherever the network breaks off, both end with the same and no word is lost", async () => {
  const step = fc.record({
    who: fc.constantFrom(0, 1),
    act: fc.constantFrom("write", "write", "sync", "reload"),
    id: fc.constantFrom(ID, OTHER),
    cut: fc.constantFrom<"before" | "after" | null>("before", "after", null, null),
  });
  let count = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      const person = await house.join();
      const devices = [await opened(person), await opened(person)];
      const written = new Set<unknown>();
      // Written over by somebody who saw it.
      const seen = new Set<unknown>();
      for (const { who, act, id, cut } of steps) {
        const { browser } = devices[who]!;
        browser.cut = () => cut;
        if (act === "reload") {
          browser.close();
          devices[who] = await openedIn(browser);
        }
        const device = devices[who]!;
        if (act === "write") {
          seen.add(device.get(id));
          written.add((count += 1));
          await device.write(count, id);
        }
        await browser.in(() => device.safe.sync());
      }
      for (const { browser } of devices) online(browser);
      for (let rounds = 0; rounds < 2; rounds++) for (const device of devices) await device.sync();
      const [one, other] = devices as [Opened, Opened];
      const shown = ({ get, setAside }: Opened) => [get(ID), get(OTHER), ...setAside()];
      expect(shown(one).toSorted()).toEqual(shown(other).toSorted());
      expect([one.get(ID), one.get(OTHER)]).toEqual([other.get(ID), other.get(OTHER)]);
      expect([one.browser.waiting, other.browser.waiting]).toEqual([0, 0]);
      for (const word of written)
        expect([word, seen.has(word) || shown(one).includes(word)]).toEqual([word, true]);
      for (const { browser } of devices) browser.close();
    }),
    { numRuns: 12, endOnFailure: true },
  );
});

test("what another tab wrote is seen in this one, and not written over", async () => {
  const person = await house.join();
  const one = await opened(person);
  const other = await opened(person, one.browser);
  await one.write("from the first tab");
  await expect.poll(() => other.get()).toBe("from the first tab");
  await one.sync();
  await other.write("from the second tab");
  await other.sync();
  await expect.poll(() => one.get()).toBe("from the second tab");
  await one.write("first again");
  await one.sync();
  const laptop = await opened(person);
  await laptop.sync();
  expect([laptop.get(), laptop.setAside()]).toEqual(["first again", []]);
});

// A server that can't be trusted ------------------------------------------------------------------

interface Page {
  records: { collection: string; id: string; version: number; sealed: string }[];
}
/** Changes the answer to `readRecords` for a device that has one record. */
async function meddled(change: (page: Page) => void) {
  const person = await house.join();
  const [phone, laptop] = [await opened(person), await opened(person)];
  await phone.write("true");
  await phone.write("other", OTHER);
  await phone.sync();
  await laptop.sync();
  await phone.write("truer");
  await phone.sync();
  laptop.browser.meddle = (path, answer) => {
    if (path.includes("/records?")) change(answer as Page);
    return answer;
  };
  await laptop.sync();
  return laptop;
}

test.each<[string, (page: Page) => void]>([
  [
    "altered bytes",
    ({ records }) => void (records[0]!.sealed = records[0]!.sealed.replace(/^../, "AA")),
  ],
  ["no bytes", ({ records }) => void (records[0]!.sealed = "")],
  ["bytes that are none", ({ records }) => void (records[0]!.sealed = "*")],
  [
    "the bytes of an invented removal",
    ({ records }) => void (records[0]!.sealed = bytesToBase64url(random(284))),
  ],
  ["an old version under a new number", ({ records }) => void (records[0]!.version = 9)],
])("%s are noticed, and what was known stays, also after a reload", async (_, change) => {
  const laptop = await meddled(change);
  expect([laptop.safe.syncState(), laptop.get(), laptop.get(OTHER)]).toEqual([
    "tampered",
    "true",
    "other",
  ]);
  const again = await openedIn(laptop.browser);
  expect(again.get()).toBe("true");
});

test("a record in another's place is noticed", async () => {
  const person = await house.join();
  const [phone, laptop] = [await opened(person), await opened(person)];
  await phone.write("one");
  await phone.write("two", OTHER);
  await phone.sync();
  laptop.browser.meddle = (_, answer) => {
    const { records } = answer as Page;
    const [one, two] = records.map(({ sealed }) => sealed);
    if (two !== undefined) [records[0]!.sealed, records[1]!.sealed] = [two, one!];
    return answer;
  };
  await laptop.sync();
  expect([laptop.safe.syncState(), laptop.get(), laptop.get(OTHER)]).toEqual([
    "tampered",
    null,
    null,
  ]);
});

test("an endless stream of pages is not followed", async () => {
  const person = await house.join();
  const phone = await opened(person);
  phone.browser.meddle = (path, answer) =>
    path.includes("/records?") ? { ...(answer as object), more: true } : answer;
  await phone.sync();
  expect(phone.safe.syncState()).toBe("offline");
  expect(phone.browser.requests.length).toBeLessThan(5);
});

test("another member's records say nothing and do no harm", async () => {
  const [person, other] = [await house.join(), await house.join()];
  const phone = await opened(person);
  await phone.write("mine");
  await phone.sync();
  const { records } = await house.must(readRecords, { token: person.token, query: { after: 0 } });
  const theirs = await opened(other);
  theirs.browser.meddle = (path, answer) =>
    path.includes("/records?") ? { records, sequence: 1, more: false } : answer;
  await theirs.sync();
  expect([theirs.get(), theirs.safe.syncState()]).toEqual([null, "saved"]);
});

// A server that went back -------------------------------------------------------------------------

/** The member's part of the database, as a backup would hold it. */
async function backup(person: Person): Promise<() => Promise<void>> {
  const { owner } = house.cluster;
  const safes = await owner.query("select * from vault.safe where id = $1", [person.account]);
  const records = await owner.query("select * from vault.record where safe = $1", [person.account]);
  return async () => {
    const { sequence, bytes_used } = safes.rows[0] as { sequence: number; bytes_used: number };
    await owner.query("delete from vault.record where safe = $1", [person.account]);
    await owner.query("update vault.safe set sequence = $2, bytes_used = $3 where id = $1", [
      person.account,
      sequence,
      bytes_used,
    ]);
    for (const row of records.rows as Record<string, unknown>[])
      await owner.query(
        "insert into vault.record (safe, collection, id, version, sequence, sealed) values ($1, $2, $3, $4, $5, $6)",
        ["safe", "collection", "id", "version", "sequence", "sealed"].map((name) => row[name]),
      );
  };
}

test("after a restore a device brings the server forward again: changed, new and removed records", async () => {
  const person = await house.join();
  const phone = await opened(person);
  await phone.write("one");
  await phone.write("to be removed", OTHER);
  await phone.sync();
  const restore = await backup(person);
  await phone.write("one, changed");
  const fresh = newRecordId();
  await phone.write("new", fresh);
  await phone.browser.in(() => phone.safe.remove("path", OTHER));
  await phone.sync();
  await restore();
  await phone.sync();
  const laptop = await opened(person);
  await laptop.sync();
  expect([laptop.get(), laptop.get(fresh), laptop.get(OTHER)]).toEqual([
    "one, changed",
    "new",
    null,
  ]);
  expect([phone.setAside(), phone.safe.syncState()]).toEqual([[], "saved"]);
});

test("after a restore what another device wrote on is not taken back", async () => {
  const person = await house.join();
  const [phone, laptop] = [await opened(person), await opened(person)];
  await phone.write("one");
  await phone.sync();
  const restore = await backup(person);
  await phone.write("two");
  await phone.sync();
  await laptop.sync();
  await restore();
  await laptop.sync();
  await laptop.write("three");
  await laptop.sync();
  await phone.sync();
  for (const device of [phone, laptop])
    expect([device.get(), device.setAside()]).toEqual(["three", []]);
});

test("a write after a restore goes on top of what was restored", async () => {
  const person = await house.join();
  const phone = await opened(person);
  for (const text of ["one", "two", "three"]) {
    await phone.write(text);
    await phone.sync();
  }
  const restore = await backup(person);
  await phone.write("four");
  await phone.sync();
  await restore();
  await phone.write("five");
  await phone.sync();
  const laptop = await opened(person);
  await laptop.sync();
  expect([laptop.get(), laptop.setAside()]).toEqual(["five", []]);
});

// The rest ----------------------------------------------------------------------------------------

test("a full safe says so, lets the others go on, and goes on itself when something was removed", async () => {
  const person = await house.join();
  const phone = await opened(person);
  await phone.write("x".repeat(3000), OTHER);
  await phone.sync();
  await house.cluster.owner.query(
    "update vault.safe set bytes_used = 67108864 - 100 where id = $1",
    [person.account],
  );
  await phone.write("does not fit");
  await phone.sync();
  expect([phone.safe.syncState(), phone.browser.waiting]).toEqual(["full", 1]);
  expect(phone.get()).toBe("does not fit");
  await phone.browser.in(() => phone.safe.remove("path", OTHER));
  await phone.sync();
  expect([phone.safe.syncState(), phone.browser.waiting]).toEqual(["saved", 0]);
});

test("a collection of a later version of the app stays sealed and comes to no harm", async () => {
  const person = await house.join();
  const phone = await opened(person);
  const later = await openedIn(phone.browser, [...COLLECTIONS, "a later one"]);
  await later.write("from the future", ID, "a later one");
  await later.sync();
  const earlier = await opened(person);
  await earlier.sync();
  expect(earlier.safe.syncState()).toBe("saved");
  await expect(earlier.write("x", ID, "a later one")).rejects.toThrow("No such collection");
  earlier.safe.close();
  expect((await openedIn(earlier.browser, ["a later one"])).get(ID, "a later one")).toBe(
    "from the future",
  );
});

test("a draft comes back after a reload, and lies on the device sealed", async () => {
  const person = await house.join();
  const phone = await opened(person);
  await phone.safe.writeDraft("check-in", { canary: "half a thought" });
  expect(phone.browser.contents).not.toMatch(/canary|thought/);
  const again = await openedIn(phone.browser);
  expect(await again.safe.readDraft("check-in")).toEqual({ canary: "half a thought" });
  expect(await again.safe.readDraft("another")).toBeNull();
  await again.safe.writeDraft("check-in", null);
  expect(await again.safe.readDraft("check-in")).toBeNull();
});

test("whether there is a draft is known at once, also after a reload", async () => {
  const person = await house.join();
  const phone = await opened(person);
  expect(phone.safe.isDraftKept("check-in")).toBe(false);
  await phone.safe.writeDraft("check-in", { canary: "half a thought" });
  expect(phone.safe.isDraftKept("check-in")).toBe(true);
  const again = await openedIn(phone.browser);
  expect(again.safe.isDraftKept("check-in")).toBe(true);
  expect(again.safe.isDraftKept("another")).toBe(false);
  await again.safe.writeDraft("check-in", null);
  expect(again.safe.isDraftKept("check-in")).toBe(false);
});

test("a draft that is cleared while it is being sealed does not come back", async () => {
  const phone = await opened(await house.join());
  const writing = phone.safe.writeDraft("check-in", "half a thought");
  await Promise.all([writing, phone.safe.writeDraft("check-in", null)]);
  expect(await phone.safe.readDraft("check-in")).toBeNull();
});

test("a safe of many records opens whole, and in the same order each time", async () => {
  const phone = await opened(await house.join());
  offline(phone.browser);
  const ids = Array.from({ length: 70 }, newRecordId);
  for (const id of ids) await phone.write({ of: id }, id);
  const [once, again] = [await openedIn(phone.browser), await openedIn(phone.browser)];
  const listed = once.safe.list<{ of: string }>("path");
  expect(listed.map(({ content }) => content.of)).toEqual(listed.map(({ id }) => id));
  expect(listed.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  expect(again.safe.list("path")).toEqual(listed);
});

test("a draft does not open under another form's name, nor in another account", async () => {
  const [person, other] = [await house.join(), await house.join()];
  const phone = await opened(person);
  await phone.safe.writeDraft("check-in", "half a thought");
  const sealed = (await phone.browser.device.get("drafts", "check-in"))!;
  await phone.browser.device.put("drafts", sealed, "another");
  expect(await phone.safe.readDraft("another")).toBeNull();
  const theirs = await opened(other);
  await theirs.browser.device.put("drafts", sealed, "check-in");
  expect(await theirs.safe.readDraft("check-in")).toBeNull();
});

test("who listens hears of changes, and no more after the safe was closed", async () => {
  const person = await house.join();
  const phone = await opened(person);
  let heard = 0;
  phone.safe.subscribe(() => (heard += 1));
  const before = phone.safe.list("path");
  expect(phone.safe.list("path")).toBe(before);
  await phone.write("one");
  expect(heard).toBeGreaterThan(0);
  expect(phone.safe.list("path")).not.toBe(before);
  await phone.sync();
  phone.safe.close();
  const until = heard;
  await phone.write("two");
  expect(heard).toBe(until);
  const requests = phone.browser.requests.length;
  await phone.safe.sync();
  expect(phone.browser.requests).toHaveLength(requests);
});
