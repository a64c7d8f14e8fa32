import { client } from "@serenity-kit/opaque";
import { expect, test } from "vitest";
import { SESSION_COOKIE } from "#platform/server/http.ts";
import { random, sha256, withIdentity } from "../../../tests/identity.ts";
import {
  changeAccount,
  changePassphrase,
  endAllSessions,
  endSession,
  finishSignIn,
  readAccount,
  readSessions,
  startSignIn,
} from "../contract.ts";
import { makeSessions } from "./sessions.ts";
import { sweepExpired } from "./store.ts";

const house = withIdentity();
const isIn = async (token: string, node = house.app) =>
  (await house.ask(readAccount, { token, node })).status === 200;
const rowOf = async (token: string) =>
  (
    await house.cluster.owner.query<Record<string, unknown>>(
      "select * from identity.session where token_hash = $1",
      [sha256(token)],
    )
  ).rows[0];

async function personOnTwoDevices() {
  const person = await house.join();
  const phone = await house.signIn(person.email, person.passphrase, "Phone");
  return { person, laptop: person.token, phone: phone!.token };
}

// What is kept ------------------------------------------------------------------------------------

test("a session's row holds a hash, an id, an account, a label and a month: nothing tells when it was used", async () => {
  const { token, account } = await house.join();
  const row = await rowOf(token);
  expect(row).toEqual({
    token_hash: sha256(token),
    id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    account,
    label: "Laptop",
    expires_month: "2031-07-01",
  });
  expect(await house.tablesWith(token)).toEqual([]);
  expect(Buffer.from(token, "base64url")).toHaveLength(32);
});

test("a finer date than a month can't be kept", async () => {
  const { token } = await house.join();
  await expect(
    house.cluster.owner.query(
      "update identity.session set expires_month = '2031-07-02' where token_hash = $1",
      [sha256(token)],
    ),
  ).rejects.toThrow(/check/);
});

test("the month is counted from the first, over the year's end and on every last day", async () => {
  const { account } = await house.join();
  for (const [begins, month] of [
    ["2031-10-31T23:59:59Z", "2032-02-01"],
    ["2031-12-01T00:00:00Z", "2032-04-01"],
    ["2031-08-31T12:00:00Z", "2031-12-01"],
    ["2032-02-29T12:00:00Z", "2032-06-01"],
  ] as const) {
    house.clock.at = Date.parse(begins);
    const token = await house.sessions.begin(house.db, account, "Laptop");
    expect((await rowOf(token))?.["expires_month"]).toBe(month);
  }
});

test("a session in use is prolonged a month at a time, one that isn't ends", async () => {
  const [used, unused] = [await house.join(), await house.join()];
  house.clock.at = Date.parse("2031-06-15T09:00:00Z");
  expect(await isIn(used.token)).toBe(true);
  expect((await rowOf(used.token))?.["expires_month"]).toBe("2031-10-01");
  house.clock.at = Date.parse("2031-07-31T23:59:00Z");
  expect((await rowOf(unused.token))?.["expires_month"]).toBe("2031-07-01");
  house.clock.at = Date.parse("2031-08-01T00:01:00Z");
  expect(await isIn(unused.token)).toBe(false);
  expect(await isIn(used.token)).toBe(true);
  await sweepExpired(house.db, "2031-08-01");
  expect(await rowOf(unused.token)).toBeUndefined();
  expect(await rowOf(used.token)).toBeDefined();
});

test("a token that was made up lets nobody in", async () => {
  for (const token of ["", "x", "A".repeat(43), sha256("x").toString("base64url"), "é".repeat(20)])
    expect([token, (await house.ask(readAccount, { token })).status]).toEqual([token, 401]);
});

test("a tab that was left open until its session ended is told so, whatever it sends, and changes nothing", async () => {
  const person = await house.join();
  house.clock.at = Date.parse("2031-08-01T00:01:00Z");
  const body = { name: "Ada", stage: "leader", timeZone: "Europe/Berlin" } as const;
  const told = await house.ask(changeAccount, { token: person.token, body });
  expect([told.status, told.refusal]).toEqual([401, { type: "NotSignedIn" }]);
  const signed = await house.signIn(person.email, person.passphrase);
  expect((await house.must(readAccount, { token: signed!.token })).name).toBe("Somebody");
});

// Tokens that are tried out -----------------------------------------------------------------------

/** A request for the account from somewhere, with its status. */
async function knock(token: string, from: string) {
  const response = await house.app.inject({
    method: "GET",
    url: readAccount.path,
    remoteAddress: from,
    cookies: { [SESSION_COOKIE]: token },
  });
  return response.statusCode;
}

async function tryOut(tokens: number, from: string): Promise<number[]> {
  const statuses: number[] = [];
  for (let nth = 0; nth < tokens; nth++) statuses.push(await knock(random(32).toString(), from));
  return statuses;
}

test("a network that tries tokens out is made to wait after sixty, without asking the database", async () => {
  const [from, beside, elsewhere] = ["192.0.2.7", "192.0.2.200", "198.51.100.7"];
  expect(await tryOut(60, from)).toEqual(Array(60).fill(401));
  await house.cluster.owner.query("alter table identity.session rename to hidden");
  const told = await house.app.inject({
    method: "GET",
    url: readAccount.path,
    remoteAddress: beside,
    cookies: { [SESSION_COOKIE]: "made up" },
  });
  await house.cluster.owner.query("alter table identity.hidden rename to session");
  expect([told.statusCode, told.json()]).toEqual([
    429,
    { refusal: { type: "TooMany", detail: { seconds: 1 } } },
  ]);
  expect(told.headers["retry-after"]).toBe("1");
  expect(house.defects).toEqual([]);
  expect(await knock("made up", elsewhere)).toBe(401);
  house.clock.at += 1000;
  expect(await tryOut(2, from)).toEqual([401, 429]);
});

test("colleagues of the same network go on: whoever was known, who has just signed in, and who is about to", async () => {
  const from = "203.0.113.7";
  const [known, fresh] = [await house.join(), await house.join()];
  expect(await knock(known.token, from)).toBe(200);
  await tryOut(61, from);
  expect(await knock(known.token, from)).toBe(200);
  // Beyond the half minute that it is remembered for, it is looked up all the same.
  house.clock.at += 31_000;
  await tryOut(61, from);
  expect(await knock("made up", from)).toBe(429);
  expect(await knock(known.token, from)).toBe(200);
  expect(await knock(fresh.token, from)).toBe(200);
  const { startLoginRequest } = client.startLogin({ password: known.passphrase });
  const asked = await house.app.inject({
    method: startSignIn.method,
    url: startSignIn.path,
    remoteAddress: from,
    cookies: { [SESSION_COOKIE]: "of an ended session" },
    payload: { email: "nobody@mail.example", startLoginRequest },
  });
  expect(asked.statusCode).toBe(200);
});

test("good sessions take nothing from their network, however many come for the first time", async () => {
  const from = "203.0.113.70";
  const { account } = await house.join();
  const tokens = await Promise.all(
    Array.from({ length: 70 }, () => house.sessions.begin(house.db, account, "Laptop")),
  );
  // Another node has never seen them.
  const other = await house.node(await makeSessions(house.db, house.cluster, house.clock));
  for (const token of tokens) {
    const { statusCode } = await other.inject({
      method: "GET",
      url: readAccount.path,
      remoteAddress: from,
      cookies: { [SESSION_COOKIE]: token },
    });
    expect(statusCode).toBe(200);
  }
});

// Ending ------------------------------------------------------------------------------------------

test("the member sees their devices by their own labels, and nobody else's", async () => {
  const { person, phone } = await personOnTwoDevices();
  const stranger = await house.join();
  const { sessions } = await house.must(readSessions, { token: phone });
  expect(sessions.map(({ label, current }) => ({ label, current }))).toEqual([
    { label: "Laptop", current: false },
    { label: "Phone", current: true },
  ]);
  const own = (await house.must(readSessions, { token: person.token })).sessions;
  await house.must(endSession, { token: stranger.token, params: { id: own[0]!.id } });
  expect(await isIn(person.token)).toBe(true);
});

test("one device can be signed out, and all", async () => {
  const { laptop, phone } = await personOnTwoDevices();
  const { sessions } = await house.must(readSessions, { token: laptop });
  const other = sessions.find(({ current }) => !current)!;
  const ended = await house.ask(endSession, { token: laptop, params: { id: other.id } });
  expect(ended.headers["set-cookie"]).toBeUndefined();
  expect([await isIn(laptop), await isIn(phone)]).toEqual([true, false]);
  const all = await house.ask(endAllSessions, { token: laptop });
  expect(String(all.headers["set-cookie"])).toMatch(/^__Secure-callroom=;.*Path=\/api\/named/);
  expect(await isIn(laptop)).toBe(false);
});

test("signing the own device out takes its cookie away", async () => {
  const { laptop } = await personOnTwoDevices();
  const { sessions } = await house.must(readSessions, { token: laptop });
  const own = sessions.find(({ current }) => current)!;
  const ended = await house.ask(endSession, { token: laptop, params: { id: own.id } });
  expect(String(ended.headers["set-cookie"])).toMatch(/^__Secure-callroom=;/);
});

test("a session that ends is forgotten by the other nodes too, which remember it for half a minute", async () => {
  const other = await house.node(await makeSessions(house.db, house.cluster, house.clock));
  const { person, laptop, phone } = await personOnTwoDevices();
  expect([await isIn(laptop, other), await isIn(phone, other)]).toEqual([true, true]);
  // The row alone would not be noticed: the node has it in its memory.
  await house.cluster.owner.query("alter table identity.session rename to hidden");
  expect(await isIn(phone, other)).toBe(true);
  await house.cluster.owner.query("alter table identity.hidden rename to session");
  const confirmation = await house.confirm(person);
  const fresh = await house.newPassphrase(person, "another set of words");
  await house.must(changePassphrase, { token: laptop, body: { confirmation, ...fresh } });
  await expect.poll(() => isIn(phone, other)).toBe(false);
  expect(await isIn(laptop, other)).toBe(true);
  await house.must(endAllSessions, { token: laptop });
  await expect.poll(() => isIn(laptop, other)).toBe(false);
});

test("a session that ends while it is being read is not remembered", async () => {
  const { token } = await house.join();
  const { owner } = house.cluster;
  const sessions = await makeSessions(house.db, house.cluster, house.clock);
  let heard = 0;
  await house.cluster.listen("session_ended", () => (heard += 1));
  // Reading waits behind a lock; meanwhile the word of an ending comes.
  const lock = await owner.connect();
  await lock.query("begin; lock table identity.session in access exclusive mode");
  const reading = sessions.identify(token, "192.0.2");
  await owner.query("select pg_notify('session_ended', 'any')");
  await expect.poll(() => heard).toBe(1);
  await lock.query("commit");
  lock.release();
  expect(await reading).not.toBeNull();
  // Whether it was remembered shows when its row goes without a word.
  await owner.query("delete from identity.session where token_hash = $1", [sha256(token)]);
  expect(await sessions.identify(token, "192.0.2")).toBeNull();
});

test("half a minute is all that a node remembers without being told", async () => {
  const { token } = await house.join();
  expect(await isIn(token)).toBe(true);
  await house.cluster.owner.query("delete from identity.session where token_hash = $1", [
    sha256(token),
  ]);
  house.clock.at += 30_001;
  expect(await isIn(token)).toBe(false);
});

// The cookie --------------------------------------------------------------------------------------

test("the cookie is for the named API of this site alone, out of reach of scripts", async () => {
  const person = await house.join();
  const { started, finishLoginRequest } = await house.beginSignIn(person.email, person.passphrase);
  const { ticket } = started;
  const signed = await house.ask(finishSignIn, {
    body: { ticket, finishLoginRequest: finishLoginRequest!, label: "Laptop" },
  });
  const [value, ...rules] = String(signed.headers["set-cookie"]).split("; ");
  expect(value).toBe(`__Secure-callroom=${signed.token}`);
  expect(rules.toSorted()).toEqual(
    ["HttpOnly", "Max-Age=10368000", "Path=/api/named", "SameSite=Strict", "Secure"].toSorted(),
  );
});
