/**
 * Circles in the middle of their life, written straight into the nameless database, and a visit's ticket for each
 * member, sealed with the installation's own key. Passed over are badges, waiting, forming and the member log: none
 * of them is read when somebody posts or follows, and 1,600 doctors could not get a badge before next month.
 */
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import pg from "pg";
import { bytesToBase64url } from "#platform/bytes.ts";
import { redact, reveal } from "#platform/redacted.ts";
import { openSecrets } from "#platform/server/secrets.ts";
import { makeTickets } from "#platform/server/tickets.ts";
import type { LoadMember } from "./orders.ts";

/** `database`: the nameless cluster's, with its owner's rights; the instance's secrets lie in `dataDir`. */
export async function seatCircles(
  database: pg.PoolConfig,
  dataDir: string,
  { circles, members }: { readonly circles: number; readonly members: number },
): Promise<readonly LoadMember[]> {
  const secrets = await openSecrets(join(dataDir, "secrets.json"), { make: false });
  if (!secrets.ok) throw new Error("The instance has no secrets");
  // As in src/app/server/circles.ts and src/circles/server/visits.ts.
  const key = createHmac("sha256", reveal(secrets.value.circlesKey));
  const visits = redact(key.update("callroom/v1/circles/visits").digest());
  const tickets = makeTickets(visits, { now: () => Date.now() });
  const client = new pg.Client(database);
  await client.connect();
  try {
    const seated: LoadMember[] = [];
    for (let room = 0; room < circles; room++) {
      const circle = randomUUID();
      await client.query(ADD_CIRCLE, [circle]);
      for (let number = 1; number <= members; number++) {
        const pseudonym = randomBytes(32);
        await client.query(ADD_SEAT, [
          circle,
          number,
          pseudonym,
          randomBytes(386),
          randomBytes(32),
          randomBytes(64),
        ]);
        const sender = bytesToBase64url(pseudonym);
        const visit = tickets.seal("circle visit", { pseudonym: sender }, 43_200);
        seated.push({ room, visit, circle, sender });
      }
    }
    return seated;
  } finally {
    await client.end();
  }
}

/** As it is once its members have made the first epoch's key. */
const ADD_CIRCLE = `
  insert into circles.circle (id, block, language, themes, log_length, epoch)
  values ($1, 3, 'en', '{meaning}', 2, 1)`;

const ADD_SEAT = `
  with admitted as (
    insert into circles.pseudonym (key, badge, hpke_key, binding, begins_until, ends_on)
    values ($3, $4, $5, $6, current_date + 30, current_date + 60)
  )
  insert into circles.seat (circle, number, pseudonym, reasons)
  values ($1, $2, $3, '{"hours": [3], "themes": [], "nearInStage": 7, "others": 7}')`;
