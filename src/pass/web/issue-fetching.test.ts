import fc from "fast-check";
import { expect, test } from "vitest";
import { withWallets, type OpenedWallet } from "../../../tests/wallets.ts";
import { testKey } from "../../../tests/pass-issuer.ts";
import { bytesToBase64url, bytesToHex } from "#platform/bytes.ts";
import { periodOfPass } from "../pass-check.ts";
import { pseudonymKeys, type Slot } from "../slot.ts";
import { parsePass } from "../token.ts";
import { badgeStates, type WalletState } from "./wallet.ts";

const house = withWallets();

const slotOf = (name: string): Slot => ({ period: { purpose: "circle-badge", name }, number: 0 });
const names = ({ wallet }: OpenedWallet) => wallet.badges().map(({ period }) => period.name);
const passes = ({ wallet }: OpenedWallet) =>
  wallet.badges().map(({ pass, bornIn, period }) => [period.name, bornIn, bytesToHex(pass)]);
const trouble = (state: WalletState) => (state.at === "trouble" ? state.trouble : state.at);
function keysKnown({ wallet }: OpenedWallet): number {
  const state = wallet.state();
  if (state.at !== "read") throw new Error(trouble(state));
  return state.keyLog.keys.length;
}
const asked = ({ browser }: OpenedWallet) =>
  browser.requests.filter(({ method, path }) => method === "POST" && path.endsWith("/passes"));

const head = ({ late }: OpenedWallet) => late.read<{ length: number }>("wallet head");

/** Alters what the named side tells of its log. */
function meddle(
  { browser }: OpenedWallet,
  alter: (log: {
    community: { issuerName: string };
    entries: { name: string; spki: string }[];
  }) => void,
): void {
  browser.meddle = (path, answer) => {
    if (path === "/api/named/passes/keys") alter(answer as Parameters<typeof alter>[0]);
    return answer;
  };
}

test("a sign-in fetches what is due, and the badge is signed by the log's key for a pseudonym of the wallet", async () => {
  const phone = await house.open(await house.doctor());
  await phone.signIn();
  const state = phone.wallet.state();
  if (state.at !== "read") throw new Error(trouble(state));
  const [badge] = phone.wallet.badges();
  expect(names(phone)).toEqual(["2030-12"]);
  const pass = parsePass(badge!.pass)!;
  expect(periodOfPass(pass, "circle-badge", state.keyLog, state.community)).toEqual(badge!.period);
  const secret = await phone.wallet.secret();
  expect(pass.token.nonce).toEqual(pseudonymKeys(secret, badge!.bornIn).publicKey);
  expect(state).toMatchObject({ isVerified: true, isBehind: false });
  expect(asked(phone)).toHaveLength(1);
  await phone.signIn();
  expect(asked(phone)).toHaveLength(1);
});

test("nothing of it lies readable on the device, and the nameless side is asked without the session", async () => {
  const phone = await house.open(await house.doctor());
  await phone.signIn();
  expect(phone.browser.contents).not.toMatch(/circle-badge|2030-12|issuerName/);
  expect(phone.browser.requests.map(({ path }) => path)).toContain("/api/nameless/passes/keys");
});

test("who isn't verified gets none, and is told so", async () => {
  house.identity.limits = { take: () => 0 };
  const phone = await house.open(await house.identity.join());
  await phone.signIn();
  expect(phone.wallet.state()).toMatchObject({ at: "read", isVerified: false });
  expect([names(phone), asked(phone)]).toEqual([[], []]);
});

test("two devices at once end with the same passes, wherever the network breaks off on one of them", async () => {
  const breaks = fc.record({
    at: fc.integer({ min: 0, max: 8 }),
    place: fc.constantFrom("before", "after", null),
  });
  await fc.assert(
    fc.asyncProperty(breaks, fc.boolean(), async ({ at, place }, isOver) => {
      const person = await house.doctor();
      const [phone, laptop] = [await house.open(person), await house.open(person)];
      // The one of them knows something that the other doesn't.
      if (isOver) await phone.wallet.letGo(slotOf("2030-12"));
      let count = 0;
      phone.browser.cut = () => (count++ === at ? place : null);
      await Promise.all([phone.signIn(), laptop.signIn()]);
      for (const device of [phone, laptop, phone, laptop]) await device.signIn();
      expect(names(phone)).toEqual(["2030-12"]);
      expect(passes(laptop)).toEqual(passes(phone));
      expect(phone.safe.list("set-aside")).toEqual([]);
      const later = await house.open(person);
      await later.sent();
      expect(passes(later)).toEqual(passes(phone));
    }),
    { numRuns: 6, examples: [[{ at: 0, place: null }, false]] },
  );
});

test("the log's head is kept before anything is asked for, on this device", async () => {
  const phone = await house.open(await house.doctor());
  phone.browser.cut = ({ path }) => (path.startsWith("/api/named/passes/due") ? "before" : null);
  await phone.signIn();
  expect(await head(phone)).not.toBeNull();
  expect(phone.safe.list("wallet")).toEqual([]);
});

test("who is without a name reads the logs again and writes nothing at that moment, and believes no other past", async () => {
  const phone = await house.open(await house.doctor());
  await phone.signIn();
  const before = phone.safe.list("wallet");
  const known = keysKnown(phone);
  const headBefore = await head(phone);
  await house.goTo("2031-01-15");
  phone.browser.requests.length = 0;
  await phone.browser.in(() => phone.wallet.readLogs());
  expect(phone.wallet.state()).toMatchObject({ at: "read", isVerified: true });
  expect(keysKnown(phone)).toBeGreaterThan(known);
  expect(phone.browser.requests.map(({ method }) => method)).toEqual(["GET", "GET"]);
  expect(phone.safe.list("wallet")).toBe(before);
  expect((await head(phone))!.length).toBeGreaterThan(headBefore!.length);

  meddle(phone, ({ entries }) => void entries.pop());
  await phone.browser.in(() => phone.wallet.readLogs());
  expect(trouble(phone.wallet.state())).toBe("Shortened");
});

test("wherever it breaks off, doing it again loses nothing and asks for nothing else", async () => {
  const person = await house.doctor();
  for (const place of ["before", "after"] as const)
    for (let broken = 0; broken < 6; broken++) {
      const phone = await house.open(person);
      let count = 0;
      phone.browser.cut = () => (count++ === broken ? place : null);
      await phone.browser.in(() => phone.wallet.refresh());
      phone.browser.cut = () => null;
      await phone.browser.in(() => phone.wallet.refresh());
      expect(phone.wallet.state().at).toBe("read");
      expect(names(phone)).toEqual(["2030-12"]);
    }
  expect(await house.identity.count("pass.issued")).toBe(1);
});

test("a log that was rewritten is refused: nothing is asked for, and the head that was known is kept", async () => {
  const phone = await house.open(await house.doctor());
  await phone.signIn();
  const before = await head(phone);
  await house.goTo("2031-01-15");
  meddle(phone, ({ entries }) => {
    entries[0]!.spki = bytesToBase64url(testKey().spki);
  });
  await phone.signIn();
  expect(trouble(phone.wallet.state())).toBe("Rewritten");
  expect(asked(phone)).toHaveLength(1);
  expect(await head(phone)).toEqual(before);
  phone.browser.meddle = (_, answer) => answer;
  await phone.signIn();
  expect(phone.wallet.state().at).toBe("read");
});

test("a log that was shortened is refused", async () => {
  const phone = await house.open(await house.doctor());
  await phone.signIn();
  meddle(phone, ({ entries }) => void entries.pop());
  await phone.signIn();
  expect(trouble(phone.wallet.state())).toBe("Shortened");
});

test("a newcomer who is shown another log than the nameless side has is asked to believe none", async () => {
  const phone = await house.open(await house.doctor());
  meddle(phone, ({ entries }) => {
    entries.at(-1)!.spki = bytesToBase64url(testKey().spki);
  });
  await phone.signIn();
  expect(trouble(phone.wallet.state())).toBe("SidesDiffer");
  expect([asked(phone), await head(phone)]).toEqual([[], null]);
});

test("two keys for one month are refused", async () => {
  const phone = await house.open(await house.doctor());
  meddle(phone, ({ entries }) => {
    entries.push({ ...entries[0]!, spki: bytesToBase64url(testKey().spki) });
  });
  await phone.signIn();
  expect(trouble(phone.wallet.state())).toBe("TwoKeys");
  expect(asked(phone)).toEqual([]);
});

test("other names on the named side are noticed by a device that has never read any", async () => {
  const phone = await house.open(await house.doctor());
  meddle(phone, ({ community }) => {
    community.issuerName = "issuer.for-you-alone.callroom.internal";
  });
  await phone.signIn();
  expect(trouble(phone.wallet.state())).toBe("OtherNames");
  expect(asked(phone)).toEqual([]);
});

test("other names for the passes of one person alone are noticed where they change", async () => {
  const phone = await house.open(await house.doctor());
  await phone.signIn();
  meddle(phone, ({ community }) => {
    community.issuerName = "issuer.for-you-alone.callroom.internal";
  });
  await phone.signIn();
  expect(trouble(phone.wallet.state())).toBe("OtherNames");
});

test("a key that the nameless side hasn't heard of is not used yet", async () => {
  const phone = await house.open(await house.doctor());
  phone.browser.meddle = (path, answer) =>
    path === "/api/nameless/passes/keys"
      ? { ...(answer as object), length: 0, hash: bytesToBase64url(new Uint8Array(32)) }
      : answer;
  await phone.signIn();
  expect(phone.wallet.state()).toMatchObject({ at: "read", isBehind: true });
  expect(asked(phone)).toEqual([]);
});

test("an answer that is no signature of the log's key is told, and not kept", async () => {
  const phone = await house.open(await house.doctor());
  phone.browser.meddle = (path, answer) =>
    path === "/api/named/passes"
      ? { signatures: [bytesToBase64url(new Uint8Array(256).fill(7))] }
      : answer;
  await phone.signIn();
  expect(trouble(phone.wallet.state())).toBe("WrongSignature");
  expect(names(phone)).toEqual([]);
});

test("nothing is asked for in somebody else's session", async () => {
  const [person, other] = [await house.doctor(), await house.doctor()];
  const phone = await house.open(person);
  phone.browser.meddle = (path, answer) =>
    path === "/api/named/account" ? { ...(answer as object), id: other.account } : answer;
  await phone.browser.in(() => phone.wallet.refresh());
  expect([phone.wallet.state().at, asked(phone)]).toEqual(["unread", []]);
  expect(await house.identity.count("pass.issued")).toBe(0);
});

// Pseudonyms ---------------------------------------------------------------------------------------

test("the next quarter's badge renews the pseudonym, on whichever device it is fetched", async () => {
  const person = await house.doctor();
  const phone = await house.open(person);
  await phone.signIn();
  await house.goTo("2030-12-10");
  const laptop = await house.open(person);
  await laptop.signIn();
  const slot = slotOf("2030-12");
  expect(laptop.wallet.badges().map(({ bornIn }) => bornIn)).toEqual([slot, slot]);
  expect(names(laptop)).toEqual(["2031-01", "2030-12"]);
});

test("a pseudonym that is over isn't renewed, and a device that doesn't know it yet finds out", async () => {
  const person = await house.doctor();
  const phone = await house.open(person);
  await phone.signIn();
  await phone.wallet.letGo(phone.wallet.badges()[0]!.bornIn);
  const laptop = await house.open(person);
  await laptop.sent();
  await house.goTo("2030-12-10");
  // The phone's passes stay on it alone: the laptop can't be told.
  phone.browser.cut = ({ method }) => (method === "PUT" ? "before" : null);
  await phone.browser.in(() => phone.wallet.refresh());
  await laptop.signIn();
  expect(laptop.wallet.state().at).toBe("read");
  expect(laptop.wallet.badges().map(({ bornIn }) => bornIn)).toEqual([
    slotOf("2031-01"),
    slotOf("2030-12"),
  ]);
  expect(passes(laptop)).toEqual(passes(phone));
});

test("a slot that none of our devices asked for is told", async () => {
  const person = await house.doctor();
  const stranger = { ...person, vaultKey: new Uint8Array(32).fill(5) };
  const elsewhere = await house.open(stranger);
  await elsewhere.browser.in(() => elsewhere.wallet.refresh());
  const phone = await house.open(person);
  await phone.browser.in(() => phone.wallet.refresh());
  expect(trouble(phone.wallet.state())).toBe("NotOurs");
});

test("a badge counts from the day after its month of issuing, and its crowd is told from then on", async () => {
  const phone = await house.open(await house.doctor());
  await phone.signIn();
  const standings = (day: string) =>
    badgeStates(phone.wallet.state(), phone.wallet.badges(), day).map(({ standing }) => standing);
  const [comes, begins, keeps, ends] = ["2030-11-30", "2030-12-01", "2031-01-31", "2031-02-01"];
  expect([comes, begins, keeps, ends].map((day) => standings(day!)[0])).toEqual([
    "comes",
    "begins",
    "goes-on",
    "over",
  ]);
  await house.goTo("2030-12-01");
  await phone.signIn();
  const [newest, first] = badgeStates(phone.wallet.state(), phone.wallet.badges(), house.today);
  expect([newest!.crowd, first!.crowd]).toMatchObject([null, { holders: 1, open: false }]);
});
