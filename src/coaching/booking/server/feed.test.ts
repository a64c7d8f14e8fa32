import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { AGREEMENT, minuteOf, withCoaching } from "../../../../tests/coaching.ts";
import {
  acceptAgreement,
  cancelBooking,
  confirmBooking,
  dropFeed,
  holdSlot,
  makeFeed,
  readFeed,
} from "../contract.ts";

const room = withCoaching();

const secretOf = (path: string): string => path.replace("/api/public/feeds/", "");
const feed = (secret: string) => room.ask(null, readFeed, { params: { secret } });

async function book(client: string, coach: string, start: string) {
  await room.must(client, acceptAgreement, { body: { coach, version: AGREEMENT } });
  const body = { coach, kind: "session", start: minuteOf(start) } as const;
  const { booking } = await room.must(client, holdSlot, { body });
  return (await room.must(client, confirmBooking, { body: { hold: booking } })).booking;
}

const events = (text: string | null | undefined) => text?.match(/BEGIN:VEVENT/g)?.length ?? 0;
const uids = (text: string) => [...text.matchAll(/UID:(\S+)/g)].map((match) => match[1]);

test("a feed shows what is confirmed on either side, and no longer what was cancelled", async () => {
  const [coach, client] = [await room.publishedCoach(), await room.join()];
  const secrets = await Promise.all(
    [coach, client].map(async (who) =>
      secretOf((await room.must(who, makeFeed, { body: {} })).path),
    ),
  );
  const first = await book(client, coach, "2031-03-06T15:00:00Z");
  await book(client, coach, "2031-03-07T15:00:00Z");
  await room.must(client, holdSlot, {
    body: { coach, kind: "session", start: minuteOf("2031-03-10T15:00:00Z") },
  });
  for (const secret of secrets) expect(events((await feed(secret)).answer)).toBe(2);
  await room.must(client, cancelBooking, { params: { id: first.id } });
  for (const secret of secrets) expect(events((await feed(secret)).answer)).toBe(1);
});

test("a feed names nobody, and carries the UIDs of the letters, so that nothing stands twice", async () => {
  const [coach, client] = [await room.publishedCoach(), await room.join()];
  await book(client, coach, "2031-03-06T15:00:00Z");
  const { path } = await room.must(client, makeFeed, { body: {} });
  const text = (await feed(secretOf(path))).answer!;
  for (const told of [coach, client, "Somebody", "mail.example", "coach"])
    expect(text).not.toContain(told);
  const [letter] = await room.lettersTo(client);
  expect(uids(text)).toEqual(uids(letter!.calendar!.text));
});

test("only the secret opens a feed, and the database has only its hash", async () => {
  const member = await room.join();
  const secret = secretOf((await room.must(member, makeFeed, { body: {} })).path);
  expect(Buffer.from(secret, "base64url")).toHaveLength(32);
  const { rows } = await room.cluster.owner.query<{ secret_hash: Buffer }>(
    "select secret_hash from coaching.feed where account = $1",
    [member],
  );
  const hash = createHash("sha256").update(Buffer.from(secret, "base64url")).digest();
  expect(rows[0]!.secret_hash.equals(hash)).toBe(true);
  for (const other of ["A".repeat(43), secret.slice(1), `${secret}A`, hash.toString("base64url")])
    expect((await feed(other)).refusal?.type).toBe("NotFound");
});

test("a new address ends the one before, and a dropped one ends for good", async () => {
  const member = await room.join();
  const first = secretOf((await room.must(member, makeFeed, { body: {} })).path);
  const second = secretOf((await room.must(member, makeFeed, { body: {} })).path);
  expect((await feed(first)).refusal?.type).toBe("NotFound");
  expect((await feed(second)).status).toBe(200);
  await room.must(member, dropFeed);
  expect((await feed(second)).refusal?.type).toBe("NotFound");
});
