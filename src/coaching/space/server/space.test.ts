import { randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { AGREEMENT, minuteOf, withCoaching } from "../../../../tests/coaching.ts";
import { acceptAgreement, confirmBooking, holdSlot } from "../../booking/contract.ts";
import { openSpace, readMessages, readSpaces, sendMessage } from "../contract.ts";

const room = withCoaching();

const THURSDAY_TEN = minuteOf("2031-03-06T15:00:00Z");
const sealed = (length = 80) => randomBytes(length).toString("base64url");

async function pair() {
  const [coach, client] = [await room.publishedCoach(), await room.join()];
  await room.must(client, acceptAgreement, { body: { coach, version: AGREEMENT } });
  const { booking } = await room.must(client, holdSlot, {
    body: { coach, kind: "session", start: THURSDAY_TEN },
  });
  expect((await room.must(client, readSpaces)).spaces).toEqual([]);
  const confirmed = await room.must(client, confirmBooking, { body: { hold: booking } });
  return { coach, client, id: confirmed.booking.space! };
}

const spaceOf = async (who: string, id: string) =>
  (await room.must(who, readSpaces)).spaces.find((space) => space.id === id)!;
const open = (who: string, id: string, own = sealed(), other = sealed()) =>
  room.ask(who, openSpace, { params: { id }, body: { own, other } });
const send = (who: string, id: string, message: string = randomUUID(), text = sealed()) =>
  room.ask(who, sendMessage, { params: { id }, body: { id: message, sealed: text } });
const read = (who: string, id: string, after = 0) =>
  room.ask(who, readMessages, { params: { id }, query: { after } });

test("a confirmed booking makes a space in which each finds the other's public keys", async () => {
  const { coach, client, id } = await pair();
  const { rows } = await room.cluster.owner.query<{ id: string; hpke_key: Buffer }>(
    "select id, hpke_key from identity.account where id = any($1)",
    [[coach, client]],
  );
  const keyOf = (who: string) => rows.find((row) => row.id === who)!.hpke_key.toString("base64url");
  expect(await spaceOf(client, id)).toMatchObject({
    side: "client",
    with: { id: coach, hpkeKey: keyOf(coach) },
    sealedKey: null,
    sequence: 0,
  });
  expect(await spaceOf(coach, id)).toMatchObject({
    side: "coach",
    with: { id: client, hpkeKey: keyOf(client) },
  });
});

test("the first who opens the space seals its key for both, and nobody changes it after", async () => {
  const { coach, client, id } = await pair();
  const [own, other] = [sealed(), sealed()];
  expect((await open(client, id, own, other)).status).toBe(200);
  for (const who of [coach, client])
    expect((await open(who, id)).refusal?.type).toBe("AlreadyOpen");
  expect((await spaceOf(client, id)).sealedKey).toBe(own);
  expect((await spaceOf(coach, id)).sealedKey).toBe(other);
});

test("two who open a space at once end with one key between them", async () => {
  const { coach, client, id } = await pair();
  const told = await Promise.all(
    Array.from({ length: 8 }, (_, nth) => {
      const key = sealed();
      return open(nth % 2 === 0 ? client : coach, id, key, key);
    }),
  );
  expect(told.map(({ status }) => status).toSorted()).toEqual([200, ...Array(7).fill(409)]);
  expect((await spaceOf(client, id)).sealedKey).toBe((await spaceOf(coach, id)).sealedKey);
});

test("messages are refused before there is a key", async () => {
  const { client, id } = await pair();
  expect((await send(client, id)).refusal?.type).toBe("SpaceNotOpen");
  expect((await spaceOf(client, id)).sequence).toBe(0);
});

test("both read the same messages in the same order, as they were sealed", async () => {
  const { coach, client, id } = await pair();
  await open(coach, id);
  const texts = [sealed(), sealed(30_000), sealed(2)];
  await send(client, id, randomUUID(), texts[0]);
  await send(coach, id, randomUUID(), texts[1]);
  await send(client, id, randomUUID(), texts[2]);
  const mine = (await read(client, id)).answer!;
  const theirs = (await read(coach, id)).answer!;
  expect(mine.messages.map((message) => message.sealed)).toEqual(texts);
  expect(mine.messages.map((message) => message.sequence)).toEqual([1, 2, 3]);
  expect(mine.messages.map((message) => message.mine)).toEqual([true, false, true]);
  expect(theirs.messages.map((message) => message.mine)).toEqual([false, true, false]);
  expect((await read(coach, id, 2)).answer!.messages).toHaveLength(1);
});

test("a message sent again, even at once, is one message and is acknowledged each time", async () => {
  const { coach, client, id } = await pair();
  await open(client, id);
  const message = randomUUID();
  const text = sealed();
  const told = await Promise.all(Array.from({ length: 6 }, () => send(client, id, message, text)));
  expect(told.map(({ answer }) => answer?.sequence)).toEqual([1, 1, 1, 1, 1, 1]);
  expect((await read(coach, id)).answer!.messages).toHaveLength(1);
  // The count has no gap where a repetition was.
  expect((await send(coach, id)).answer!.sequence).toBe(2);
});

test("nobody can take the id of the other's message", async () => {
  const { coach, client, id } = await pair();
  await open(client, id);
  const message = randomUUID();
  await send(client, id, message);
  expect((await send(coach, id, message)).refusal?.type).toBe("BadInput");
});

test("a long thread comes in pages without gaps", async () => {
  const { client, id } = await pair();
  await open(client, id);
  await room.cluster.owner.query(
    `insert into coaching.message (space, sequence, id, sender, sealed)
     select $1, n, gen_random_uuid(), $2, '\\x0102' from generate_series(1, 230) n`,
    [id, client],
  );
  const sequences: number[] = [];
  for (let more = true; more;) {
    const page = (await read(client, id, sequences.at(-1) ?? 0)).answer!;
    sequences.push(...page.messages.map((message) => message.sequence));
    more = page.more;
  }
  expect(sequences).toEqual(Array.from({ length: 230 }, (_, nth) => nth + 1));
});

test("for everybody but the two a space isn't there", async () => {
  const { client, id } = await pair();
  await open(client, id);
  const stranger = (await pair()).client;
  expect((await open(stranger, id)).refusal?.type).toBe("NotFound");
  expect((await send(stranger, id)).refusal?.type).toBe("NotFound");
  expect((await read(stranger, id)).refusal?.type).toBe("NotFound");
  expect((await read(stranger, randomUUID())).refusal?.type).toBe("NotFound");
  expect(await spaceOf(stranger, id)).toBeUndefined();
});
