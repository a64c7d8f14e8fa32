/**
 * Two people never get the same hour, and what was confirmed stays: many members try for the same hours at
 * once, through one node, then through three nodes on one PostgreSQL. The control tries the same against a
 * database whose exclusion constraint was taken away and whose turns were not kept, and must find overlaps.
 */
import pg from "pg";
import { addCoach, addMember, agree, book, freeStarts } from "./community.ts";
import { externalEnv, startExternalPostgres } from "./external-postgres.ts";
import { freePort, makeDataDir, removeDataDir, startInstance, type Instance } from "./instance.ts";
import { setUp, type Member } from "./member.ts";
import type { Proof } from "./proof.ts";

const MEMBERS = 10;
const HOURS = 5;

export const prove: Proof = async ({ small, log }) => {
  const tries = small ? 100 : 1000;
  const external = await startExternalPostgres();
  const dataDir = await makeDataDir();
  const instances: Instance[] = [];
  const start = async () => {
    const instance = await startInstance({
      dataDir,
      port: await freePort(),
      env: externalEnv(external),
    });
    instances.push(instance);
    return instance;
  };
  const database = new pg.Client({ connectionString: external.named });
  try {
    log(`PostgreSQL ${external.major}, one node`);
    const first = await start();
    const steward = await setUp(first.origin, first.setUpToken!);
    const coach = await addCoach(steward, "Coach");
    const members: Member[] = [];
    for (let n = 0; n < MEMBERS; n++) {
      const member = await addMember(steward, `Member ${n}`, [], true);
      await agree(member, coach);
      members.push(member);
    }
    await database.connect();
    const one = await round([first.origin], members, coach, Math.ceil(tries / 2), 0);

    log("three nodes on one PostgreSQL");
    const origins = [first.origin, (await start()).origin, (await start()).origin];
    const three = await round(origins, members, coach, Math.floor(tries / 2), HOURS);

    const stored = await overlaps(database);
    const kept = await confirmedIds(database);
    const acknowledged = [...one.confirmed, ...three.confirmed];
    const lost = acknowledged.filter((id) => !kept.has(id)).length;
    const holds =
      stored === 0 &&
      lost === 0 &&
      one.perHour <= 1 &&
      three.perHour <= 1 &&
      acknowledged.length > 0;

    log("control: the constraint is taken away and two bookings are written into one hour");
    const control = await plantOverlap(database);
    return {
      holds,
      control: control > 0 ? "caught" : "missed",
      size: one.tries + three.tries,
      figures: {
        confirmed: acknowledged.length,
        overlaps: stored,
        lost,
        otherRefusals: one.strange + three.strange,
        nodes: 3,
        major: external.major,
      },
    };
  } finally {
    await database.end().catch(() => undefined);
    for (const instance of instances) await instance.stop();
    await external.stop();
    await removeDataDir(dataDir);
  }
};

interface Round {
  readonly tries: number;
  readonly confirmed: readonly string[];
  /** The most bookings that were confirmed for one hour. */
  readonly perHour: number;
  /** Refusals other than the ones a person who was too slow should see. */
  readonly strange: number;
}

async function round(
  origins: readonly string[],
  members: readonly Member[],
  coach: Member,
  tries: number,
  skip: number,
): Promise<Round> {
  const starts = await freeStarts(members[0]!, coach);
  // Not next to each other: two of one member's hours must not overlap either.
  const hours = starts
    .filter((start) => start % 60 === 0)
    .slice(skip * 2, (skip + HOURS) * 2)
    .filter((_, at) => at % 2 === 0);
  const expected = new Set(["SlotTaken", "OwnHour", "HoldExpired", "TooMany"]);
  const perHour = new Map<number, number>();
  const confirmed: string[] = [];
  let strange = 0;
  // As many at once as members, each for another of the hours at every step, all on the same ones together.
  for (let done = 0; done < tries; done += members.length)
    await Promise.all(
      members.map(async (member, nth) => {
        const start = hours[Math.floor(done / members.length) % hours.length]!;
        const origin = origins[nth % origins.length]!;
        const result = await book({ ...member, origin }, coach, start);
        if ("id" in result) {
          confirmed.push(result.id);
          perHour.set(start, (perHour.get(start) ?? 0) + 1);
        } else if (!expected.has(result.refused)) strange += 1;
      }),
    );
  return {
    tries: Math.ceil(tries / members.length) * members.length,
    confirmed,
    perHour: Math.max(0, ...perHour.values()),
    strange,
  };
}

async function overlaps(database: pg.Client): Promise<number> {
  const found = await database.query<{ count: number }>(`
    select count(*)::int as count from coaching.booking a join coaching.booking b
    on a.id < b.id and a.during && b.during and (a.coach = b.coach or a.client = b.client)
    where a.state = 'confirmed' and b.state = 'confirmed'`);
  return found.rows[0]!.count;
}

async function confirmedIds(database: pg.Client): Promise<Set<string>> {
  const found = await database.query<{ id: string }>(
    "select id from coaching.booking where state = 'confirmed'",
  );
  return new Set(found.rows.map(({ id }) => id));
}

async function plantOverlap(database: pg.Client): Promise<number> {
  await database.query("begin");
  await database.query(`
    alter table coaching.booking
      drop constraint coach_has_one_booking_at_a_time, drop constraint client_has_one_booking_at_a_time`);
  await database.query(`
    insert into coaching.booking (id, coach, client, during, kind, state, cancel_notice_hours)
    select gen_random_uuid(), coach, gen_random_uuid(), during, kind, state, cancel_notice_hours from coaching.booking
    where state = 'confirmed' limit 1`);
  const found = await overlaps(database);
  await database.query("rollback");
  return found;
}
