import { randomBytes, randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { withWallets, type OpenedWallet } from "../../../tests/wallets.ts";
import type { CirclesDeps } from "#circles/server/deps.ts";
import { replacingRoutes } from "#circles/server/replacing.ts";
import { visitRoutes } from "#circles/server/visits.ts";
import { makeChallenges } from "#pass/server/challenges.ts";
import { makeSignReplacement } from "#pass/server/issue-replacement.ts";
import { makeCurrentLog } from "#pass/server/nameless-origin.ts";
import type { NamelessPassTables } from "#pass/server/nameless-tables.ts";
import { parsePass } from "#pass/token.ts";
import { bytesToHex } from "#platform/bytes.ts";
import { redact } from "#platform/redacted.ts";
import type { NamelessCluster } from "#platform/server/db.ts";
import { makeTickets } from "#platform/server/tickets.ts";
import { replaceBadge } from "../contract.ts";
import { badgeAfter, chosenBadge, ownSeat, toStanding, type OwnSeat } from "./own-badge.ts";
import { makeVisit } from "./visit.ts";

const house = withWallets();
let cluster: NamelessCluster;

house.mountMore = (mounting, nameless) => {
  cluster = nameless;
  const { issuing, sealKey, community, identity } = house;
  const { clock } = identity;
  const passDb = nameless.as<NamelessPassTables>("pass");
  const sign = makeSignReplacement({ db: issuing, clock, sealKey, community });
  const deps: Partial<CirclesDeps> = {
    db: nameless.as("circles"),
    clock,
    tickets: makeTickets(redact(new Uint8Array(randomBytes(32))), clock),
    community,
    currentLog: makeCurrentLog(passDb, community),
    challenges: makeChallenges(passDb, clock),
    signReplacement: sign,
  };
  visitRoutes(mounting, deps as CirclesDeps);
  replacingRoutes(mounting, deps as CirclesDeps);
};

beforeEach(() => cluster.owner.query("truncate circles.circle, circles.pseudonym cascade"));

/** A doctor whose badge counts from January 2031, on a phone. */
async function doctor() {
  await house.goTo("2030-12-10");
  const person = await house.doctor();
  const phone = await house.open(person);
  await phone.signIn();
  await goTo("2031-01-15");
  return { person, phone };
}

/** A day on which every crowd is large enough. */
async function goTo(day: string): Promise<void> {
  await house.goTo(day);
  const { rows } = await cluster.owner.query<{ name: string }>(
    "select name from pass.logged_key where purpose = 'circle-badge'",
  );
  await house.nameless.setCrowds(
    rows.map(({ name }) => ({ purpose: "circle-badge", name, holders: 25 })),
  );
}

async function ownOf({ wallet }: OpenedWallet, at = 0): Promise<OwnSeat> {
  return ownSeat(await wallet.secret(), wallet.badges().at(at)!);
}

/** They sat in a circle, and it came to that. */
async function sat(own: OwnSeat, { browser }: OpenedWallet, state: string): Promise<void> {
  const visited = await browser.in(() => makeVisit(own).ticket());
  if (!visited.ok) throw new Error(visited.refusal.type);
  const circle = randomUUID();
  await cluster.owner.query(
    "insert into circles.circle (id, block, language, themes) values ($1, 3, 'en', '{error}')",
    [circle],
  );
  await cluster.owner.query(
    `insert into circles.seat (circle, number, pseudonym, state, reasons)
     values ($1, 0, $2, $3, '{"hours":[],"themes":[],"nearInStage":0,"others":5}')`,
    [circle, Buffer.from(parsePass(own.badge)!.token.nonce), state],
  );
}

const replace = ({ browser, wallet }: OpenedWallet, own: OwnSeat) => {
  const visit = makeVisit(own);
  return browser.in(() =>
    wallet.replace(own.period, house.today, (month, blinded) =>
      visit.call(replaceBadge, { month, blinded }),
    ),
  );
};
const told = async (phone: OpenedWallet, own: OwnSeat) => {
  const replaced = await replace(phone, own);
  return replaced.ok ? replaced.value.name : replaced.refusal.type;
};
const held = ({ wallet }: OpenedWallet) =>
  wallet.badges().map(({ pass, bornIn, period }) => [period.name, bornIn.number, bytesToHex(pass)]);
const names = (one: OpenedWallet) => held(one).map(([name, number]) => [name, number]);

test("who left well gets another badge, which nobody on the named side hears of, and comes with it from next month on", async () => {
  const { phone } = await doctor();
  const own = await ownOf(phone);
  await sat(own, phone, "left");
  phone.browser.requests.length = 0;
  expect(await told(phone, own)).toBe("2031-02");
  expect(names(phone)).toEqual([
    ["2031-02", 1],
    ["2031-01", 0],
  ]);
  await phone.sent();
  const named = phone.browser.requests.filter(({ path }) => path.startsWith("/api/named"));
  expect(named.every(({ method }) => method === "GET")).toBe(true);
  expect(phone.safe.list("wallet")).toHaveLength(1);

  const next = badgeAfter(phone.wallet.badges(), own.bornIn, house.today)!;
  expect(next.period.beginsFrom).toBe("2031-02-01");
  await goTo("2031-02-01");
  const standing = toStanding(own.bornIn, true);
  expect(chosenBadge(phone.wallet.badges(), standing, house.today)).toEqual({
    at: "now",
    badge: next,
  });
  const anew = await ownOf(phone);
  expect((await phone.browser.in(() => makeVisit(anew).ticket())).ok).toBe(true);
  expect(anew.keys.pseudonym).not.toBe(own.keys.pseudonym);
});

test("wherever it breaks off it can be asked again, and comes to the same badge, on another device too", async () => {
  const { person, phone } = await doctor();
  const own = await ownOf(phone);
  await sat(own, phone, "left");
  for (const place of ["before", "after"] as const) {
    phone.browser.cut = ({ path }) => (path === replaceBadge.path ? place : null);
    expect(await told(phone, own)).toBe("Offline");
    expect(names(phone)).toEqual([["2031-01", 0]]);
  }
  phone.browser.cut = () => null;
  expect(await told(phone, own)).toBe("2031-02");
  expect(await told(phone, own)).toBe("2031-02");
  const laptop = await house.open(person);
  await laptop.sent();
  expect(names(laptop)).toEqual([["2031-01", 0]]);
  expect(await told(laptop, await ownOf(laptop))).toBe("2031-02");
  expect(held(laptop)).toEqual(held(phone));
});

test("another device finds it in what was kept late", async () => {
  const { person, phone } = await doctor();
  const own = await ownOf(phone);
  await sat(own, phone, "left");
  expect(await told(phone, own)).toBe("2031-02");
  // Opened anew on another day, when it is written.
  await phone.browser.in(() => phone.late.begin());
  await phone.sent();
  phone.late.close();
  const laptop = await house.open(person);
  await laptop.sent();
  await expect.poll(() => names(laptop)).toEqual(names(phone));
  expect(held(laptop)).toEqual(held(phone));
});

test("where the answer was lost with the month it is signed again in the next, under the key of then", async () => {
  const { person, phone } = await doctor();
  const own = await ownOf(phone);
  await sat(own, phone, "left");
  phone.browser.cut = ({ path }) => (path === replaceBadge.path ? "after" : null);
  expect(await told(phone, own)).toBe("Offline");
  for (const day of ["2031-02-03", "2031-03-03"]) {
    await goTo(day);
    const later = await house.open(person);
    await later.sent();
    expect(await told(later, own)).toBe("2031-02");
    expect(names(later)[0]).toEqual(["2031-02", 1]);
  }
});

test("the next quarter's badge goes on with the new pseudonym", async () => {
  const { phone } = await doctor();
  const own = await ownOf(phone);
  await sat(own, phone, "left");
  await phone.wallet.letGo(own.bornIn);
  await told(phone, own);
  await goTo("2031-03-10");
  await phone.signIn();
  const [april] = phone.wallet.badges();
  expect([april!.period.name, april!.bornIn]).toEqual([
    "2031-04",
    { period: { purpose: "circle-badge", name: "2031-02" }, number: 1 },
  ]);
});

test("in a quarter's last month there is none to be had, and for who was removed or still sits never", async () => {
  const { phone } = await doctor();
  const own = await ownOf(phone);
  await sat(own, phone, "taken");
  expect(await told(phone, own)).toBe("NotLeft");
  await cluster.owner.query("update circles.seat set state = 'removed'");
  expect(await told(phone, own)).toBe("NotLeft");
  await cluster.owner.query("update circles.pseudonym set removed = true");
  expect(await told(phone, own)).toBe("Removed");
  await cluster.owner.query("update circles.pseudonym set removed = false");
  await cluster.owner.query("update circles.seat set state = 'left'");
  await goTo("2031-03-05");
  expect(await told(phone, own)).toBe("NextQuarter");
  expect(names(phone)).toEqual([["2031-01", 0]]);
});

test("a month whose key was closed gives none, and neither does a log that another was put in place of", async () => {
  const { phone } = await doctor();
  const own = await ownOf(phone);
  await sat(own, phone, "left");
  await house.identity.cluster.owner.query(
    "update pass.issuer_key set sealed = null where name = '2031-02'",
  );
  expect(await told(phone, own)).toBe("NotIssuing");
  phone.browser.meddle = (path, answer) => {
    if (path === "/api/named/passes/keys") (answer as { entries: unknown[] }).entries.pop();
    return answer;
  };
  expect(await told(phone, own)).toBe("LogsBroken");
  expect(phone.wallet.state()).toMatchObject({ at: "trouble", trouble: "Shortened" });
});

test("an answer that the log's key didn't sign is told, and not kept", async () => {
  const { phone } = await doctor();
  const own = await ownOf(phone);
  await sat(own, phone, "left");
  phone.browser.meddle = (path, answer) =>
    path === replaceBadge.path ? { signature: Buffer.alloc(256, 7).toString("base64url") } : answer;
  expect(await told(phone, own)).toBe("LogsBroken");
  expect(phone.wallet.state()).toMatchObject({ at: "trouble", trouble: "WrongSignature" });
  expect(names(phone)).toEqual([["2031-01", 0]]);
});
