import { randomBytes } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { redact } from "#platform/redacted.ts";
import { openLetter, type Letter } from "#platform/server/letters.ts";
import { ORIGIN, withIdentity, type Person } from "../../../tests/identity.ts";
import {
  chooseWeeklyLetter,
  deleteAccount,
  endLetter,
  finishEmailChange,
  finishRegistration,
  readAccount,
  startEmailChange,
} from "../contract.ts";
import { sendWeeklyLetter, type WeeklyLetterDeps } from "./weekly-letter.ts";

const house = withIdentity();
const WEEK_MS = 7 * 86_400_000;
const HOUR_MS = 3_600_000;

beforeEach(async () => {
  const { owner } = house.cluster;
  await owner.query("delete from identity.letter_week");
  await owner.query("update identity.account set weekly_letter = false");
});

/** Noon of it. */
const nextMonday = () => (house.clock.at += WEEK_MS);

const node = (): WeeklyLetterDeps => ({ ...house.deps, zone: () => Promise.resolve("UTC") });
const send = () => sendWeeklyLetter(node());
const choose = (person: Pick<Person, "token">, wanted: boolean) =>
  house.ask(chooseWeeklyLetter, { token: person.token, body: { wanted } });
const isOn = async (person: Pick<Person, "token">) =>
  (await house.must(readAccount, { token: person.token })).weeklyLetter;

async function reader(): Promise<Person> {
  const person = await house.join();
  expect((await choose(person, true)).status).toBe(200);
  return person;
}
const lettersTo = ({ email }: Person) => house.lettersTo(email);
const endOf = ({ endAt }: Letter) => endAt!.slice(`${ORIGIN}/api/public/letters/`.length);

/** A steward's first invitation has no address, and nobody wrote to the one that was typed. */
async function unconfirmed() {
  const email = house.newEmail();
  const code = await house.invite({ roles: ["steward"] });
  const { body, person } = await house.beginJoining(code, email, "plain words kept well");
  const joined = await house.ask(finishRegistration, { body });
  return { ...person, token: joined.token! };
}

test("nobody gets it who didn't ask for it, and whoever asked gets one a week", async () => {
  const [one, other] = [await reader(), await house.join()];
  for (const count of [1, 2]) {
    nextMonday();
    await send();
    expect(await lettersTo(one)).toHaveLength(count);
  }
  expect(await lettersTo(other)).toEqual([]);
  expect(await isOn(other)).toBe(false);
  expect((await lettersTo(one))[0]!.template).toBe("weekly");
});

test("a week's letters go once: asked again, by several nodes at once, after a restart, and by a clock set back", async () => {
  const person = await reader();
  nextMonday();
  await Promise.all([send(), send(), send()]);
  house.clock.at += HOUR_MS;
  await send();
  house.clock.at -= WEEK_MS;
  await send();
  expect(await lettersTo(person)).toHaveLength(1);
});

test("a server that was down at six sends later that Monday, and on Tuesday no more", async () => {
  const person = await reader();
  const noon = nextMonday();
  house.clock.at = noon - 6 * HOUR_MS - 1;
  await send();
  expect(await lettersTo(person)).toEqual([]);
  house.clock.at = noon + 11 * HOUR_MS;
  await send();
  expect(await lettersTo(person)).toHaveLength(1);
  house.clock.at = nextMonday() + 12 * HOUR_MS;
  await send();
  expect(await lettersTo(person)).toHaveLength(1);
});

test("whatever breaks while letters are put in, they are put in by the next run, all of them once", async () => {
  const person = await reader();
  nextMonday();
  const open = () => {
    throw new Error("The seal");
  };
  const broken = { ...node(), addresses: { ...house.deps.addresses, open } };
  await expect(sendWeeklyLetter(broken)).rejects.toThrow();
  expect(await lettersTo(person)).toEqual([]);
  await send();
  expect(await lettersTo(person)).toHaveLength(1);
});

test("all get the same letter at the same minute, in an order that isn't the one they came in", async () => {
  const people: Person[] = [];
  for (let nth = 0; nth < 8; nth++) people.push(await reader());
  const orders = new Set<string>();
  const ends: string[] = [];
  for (let weeks = 0; weeks < 3; weeks++) {
    nextMonday();
    await house.cluster.owner.query("truncate graphile_worker._private_jobs");
    await send();
    const letters = await house.letters();
    orders.add(letters.map(({ to }) => to).join());
    ends.push(...letters.map(endOf));
    const texts = letters.map(({ template, fields, calendar }) => ({
      template,
      calendar,
      fields: { ...fields, link: fields["link"]!.replace(/#.*/, "") },
      size: fields["link"]!.length,
    }));
    expect(texts).toHaveLength(people.length);
    for (const text of texts) expect(text).toEqual(texts[0]);
    const { rows } = await house.cluster.owner.query<{ due: number; sizes: number }>(
      "select count(distinct run_at)::int as due, count(distinct created_at)::int as sizes from graphile_worker._private_jobs",
    );
    expect(rows).toEqual([{ due: 1, sizes: 1 }]);
  }
  // Three times the same of 40,320 orders would be chance's doing once in a billion weeks.
  expect(orders.size).toBeGreaterThan(1);
  // Letters of two weeks can't be told to be one person's.
  expect(new Set(ends).size).toBe(ends.length);
});

test("the row in the queue names neither the address nor the letter", async () => {
  const person = await reader();
  nextMonday();
  await send();
  const { rows } = await house.cluster.owner.query<{ text: string; sealed: string }>(
    "select j::text as text, payload ->> 'sealed' as sealed from graphile_worker._private_jobs j where payload ->> 'account' = $1",
    [person.account],
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]!.text).not.toMatch(/weekly|letters\/|mail\.example/);
  expect(openLetter(house.letterKey, rows[0]!.sealed)!.to).toBe(person.email);
});

test("when somebody asked is kept nowhere: the account has a yes, and the house its last week", async () => {
  const person = await reader();
  const { rows } = await house.cluster.owner.query<{ columns: string }>(
    `select string_agg(distinct data_type, ' ' order by data_type) as columns from information_schema.columns
     where (table_schema, table_name) in (('identity', 'account'), ('identity', 'letter_week'))`,
  );
  expect(rows[0]!.columns).not.toMatch(/date|time/);
  expect(await isOn(person)).toBe(true);
});

// Ending it ---------------------------------------------------------------------------------------

async function letterTo(person: Person): Promise<Letter> {
  nextMonday();
  await send();
  return (await lettersTo(person)).at(-1)!;
}

test("the switch ends it, and so does the letter, without a session and as often as one taps", async () => {
  const [one, other] = [await reader(), await reader()];
  expect((await choose(one, false)).status).toBe(200);
  expect(await isOn(one)).toBe(false);
  const letter = await letterTo(other);
  for (let times = 0; times < 2; times++) {
    await house.must(endLetter, { params: { end: endOf(letter) } });
    expect(await isOn(other)).toBe(false);
  }
  const before = await house.letters();
  nextMonday();
  await send();
  expect(await house.letters()).toEqual(before);
});

test("the link in the text and the address in the header end the same", async () => {
  const letter = await letterTo(await reader());
  expect(letter.fields["link"]).toBe(`${ORIGIN}/letter#${endOf(letter)}`);
  expect(letter.fields["address"]).toBe(ORIGIN);
});

// RFC 8058, section 3.1: either form, the pair in it, and no cookie.
test.each([
  ["application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"],
  [
    "multipart/form-data; boundary=edge",
    '--edge\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--edge--\r\n',
  ],
  ["application/json", "not even JSON"],
])("a mail program's POST of %s ends it", async (type, payload) => {
  const person = await reader();
  const letter = await letterTo(person);
  const posted = await house.app.inject({
    method: "POST",
    url: letter.endAt!.slice(ORIGIN.length),
    headers: { "content-type": type },
    payload,
  });
  expect([posted.statusCode, posted.body]).toEqual([200, "{}"]);
  expect(await isOn(person)).toBe(false);
});

test("opening the address as a page, as filters do ahead of the reader, ends nothing and leads to the page that asks", async () => {
  const person = await reader();
  const letter = await letterTo(person);
  const opened = await house.app.inject({
    method: "GET",
    url: letter.endAt!.slice(ORIGIN.length),
  });
  expect([opened.statusCode, opened.headers.location]).toEqual([302, `/letter#${endOf(letter)}`]);
  expect(opened.headers["set-cookie"]).toBeUndefined();
  expect(await isOn(person)).toBe(true);
});

test("the address leads nowhere but to our own page, whatever stands in it", async () => {
  for (const end of ["%2F%2Fevil.example", "%0d%0aset-cookie:a=b", "..%2f..", "%23a"]) {
    const opened = await house.app.inject({ method: "GET", url: `/api/public/letters/${end}` });
    expect(opened.headers.location).toMatch(/^\/letter#[\w%.!~*'()-]*$/);
  }
});

test("an end that ends nothing is answered as one that does: false, altered, another purpose's, a deleted account's", async () => {
  const person = await reader();
  const end = endOf(await letterTo(person));
  const real = await house.ask(endLetter, { params: { end } });
  await choose(person, true);
  const left = await reader();
  const gone = endOf(await letterTo(left));
  await house.cluster.owner.query("delete from identity.account where id = $1", [left.account]);
  const altered = `${end.startsWith("a") ? "b" : "a"}${end.slice(1)}`;
  const foreign = randomBytes(44).toString("hex");
  const address = house.deps.addresses.seal("sixteen.letters.").toString("hex");
  for (const other of [gone, altered, foreign, address]) {
    const told = await house.ask(endLetter, { params: { end: other } });
    expect([told.status, told.text]).toEqual([real.status, real.text]);
  }
  expect(await isOn(person)).toBe(true);
});

test("garbage in its place is refused, and without limit nobody tries", async () => {
  for (const end of ["", "a", "x".repeat(88), "a".repeat(89), "A".repeat(88)])
    expect((await house.ask(endLetter, { params: { end } })).status).toBe(400);
  house.limits = { take: (key) => (key.startsWith("endLetter ") ? 30 : 0) };
  const end = randomBytes(44).toString("hex");
  expect((await house.ask(endLetter, { params: { end } })).status).toBe(429);
});

test("an end from another house's key ends nothing here", async () => {
  const person = await reader();
  nextMonday();
  const { rows: before } = await house.cluster.owner.query<{ id: string }>(
    "select id from graphile_worker._private_jobs",
  );
  const letterKey = redact(new Uint8Array(randomBytes(32)));
  await sendWeeklyLetter({ ...node(), letterKey });
  const { rows } = await house.cluster.owner.query<{ sealed: string }>(
    "select payload ->> 'sealed' as sealed from graphile_worker._private_jobs where payload ->> 'account' = $1 and not id = any($2)",
    [person.account, before.map(({ id }) => id)],
  );
  const end = endOf(openLetter(letterKey, rows[0]!.sealed)!);
  await house.must(endLetter, { params: { end } });
  expect(await isOn(person)).toBe(true);
});

test("deleting the account takes its letter out of the queue, and there is none to come", async () => {
  const person = await reader();
  await letterTo(person);
  const confirmation = await house.confirm(person);
  await house.must(deleteAccount, { token: person.token, body: { confirmation } });
  expect(await lettersTo(person)).toEqual([]);
  nextMonday();
  await send();
  expect(await lettersTo(person)).toEqual([]);
});

// Confirmed addresses -----------------------------------------------------------------------------

test("it can't be asked for where the address was never confirmed, and can after its own code came back", async () => {
  const person = await unconfirmed();
  const shown = () => house.must(readAccount, { token: person.token });
  expect(await shown()).toMatchObject({ addressConfirmed: false, weeklyLetter: false });
  expect((await choose(person, true)).refusal).toEqual({ type: "AddressNotConfirmed" });
  expect((await choose(person, false)).status).toBe(200);
  const { token, email } = person;
  const confirmation = await house.confirm(person);
  const { ticket } = await house.must(startEmailChange, { token, body: { confirmation, email } });
  const code = await house.digitsSentTo(email);
  await house.must(finishEmailChange, { token, body: { ticket, code } });
  expect(await shown()).toMatchObject({ addressConfirmed: true, email });
  expect((await house.lettersTo(email)).map(({ template }) => template)).toEqual(["address-check"]);
  expect((await choose(person, true)).status).toBe(200);
  nextMonday();
  await send();
  expect((await house.lettersTo(email)).at(-1)!.template).toBe("weekly");
});

test("an address that is confirmed, one's own or another's, is answered as one in use", async () => {
  const [person, other] = [await house.join(), await unconfirmed()];
  for (const email of [person.email, other.email]) {
    const confirmation = await house.confirm(person);
    await house.must(startEmailChange, {
      token: person.token,
      body: { confirmation, email },
    });
    expect((await house.lettersTo(email)).at(-1)!.template).toBe("already-here");
  }
});

test("a new address is confirmed by its code, and the letter goes on to it alone", async () => {
  const person = await reader();
  const email = house.newEmail();
  const { token } = person;
  const confirmation = await house.confirm(person);
  const { ticket } = await house.must(startEmailChange, { token, body: { confirmation, email } });
  const code = await house.digitsSentTo(email);
  await house.must(finishEmailChange, { token, body: { ticket, code } });
  nextMonday();
  await send();
  const weekly = (letters: Letter[]) => letters.filter(({ template }) => template === "weekly");
  expect(weekly(await house.lettersTo(person.email))).toEqual([]);
  expect(weekly(await house.lettersTo(email))).toHaveLength(1);
});

test("the database itself keeps the letter from an address that nobody confirmed", async () => {
  const person = await unconfirmed();
  const asked = house.cluster.owner.query(
    "update identity.account set weekly_letter = true where id = $1",
    [person.account],
  );
  await expect(asked).rejects.toMatchObject({
    constraint: "weekly_letter_goes_to_confirmed_address",
  });
});

test("nobody asks for it, or ends it, for somebody else", async () => {
  expect(await house.refusal(chooseWeeklyLetter, { body: { wanted: true } })).toBe("NotSignedIn");
  const [one, other] = [await reader(), await house.join()];
  const body = { wanted: true, account: other.account };
  expect(await house.refusal(chooseWeeklyLetter, { token: one.token, body })).toBe("BadInput");
  await choose(other, false);
  expect(await isOn(one)).toBe(true);
});
