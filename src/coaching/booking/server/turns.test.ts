import { sql } from "kysely";
import { expect, test } from "vitest";
import { ok, refuse } from "#platform/result.ts";
import { withCoaching } from "../../../../tests/coaching.ts";
import { makeFeed } from "../contract.ts";
import { dropFeedRow } from "./store.ts";
import { inTurn } from "./turns.ts";

const room = withCoaching();

/** Makes the database itself say why a transaction can't go on. */
const raise = (code: string) =>
  sql.raw(`do $$ begin raise exception using errcode = '${code}'; end $$`);

test.each([["40001"], ["40P01"]])(
  "what the database wants tried again is tried again: %s",
  async (code) => {
    const member = await room.join();
    let tries = 0;
    const done = await inTurn(room.deps.db, [member], async (within) => {
      if (++tries < 3) await raise(code).execute(within);
      return ok(tries);
    });
    expect(done).toEqual(ok(3));
  },
);

test("what goes wrong every time is a defect in the end, and so is anything else at once", async () => {
  const member = await room.join();
  let tries = 0;
  const always = (code: string) =>
    inTurn(room.deps.db, [member], async (within) => {
      tries += 1;
      await raise(code).execute(within);
      return ok(null);
    });
  await expect(always("40001")).rejects.toMatchObject({ code: "40001" });
  expect(tries).toBe(4);
  await expect(always("22012")).rejects.toMatchObject({ code: "22012" });
  expect(tries).toBe(5);
});

test("a refusal undoes all that was done on the way to it", async () => {
  const member = await room.join();
  await room.must(member, makeFeed, { body: {} });
  const refused = await inTurn(room.deps.db, [member], async (within) => {
    await dropFeedRow(within, member);
    return refuse({ type: "Refused" });
  });
  expect(refused).toEqual(refuse({ type: "Refused" }));
  const { rowCount } = await room.cluster.owner.query(
    "select 1 from coaching.feed where account = $1",
    [member],
  );
  expect(rowCount).toBe(1);
});

test("two who want the same person wait for each other, whatever the order they name them in", async () => {
  const [one, other] = [await room.join(), await room.join()];
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside -= 1;
    return ok(null);
  };
  await Promise.all(
    Array.from({ length: 12 }, (_, nth) =>
      inTurn(room.deps.db, nth % 2 === 0 ? [one, other] : [other, one], work),
    ),
  );
  expect(most).toBe(1);
});
