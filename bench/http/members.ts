/**
 * Members for a load test, written straight into the database: joining hundreds of them through the front door
 * would take OPAQUE's minutes and run into the limits that this bench must stay within.
 */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { makeAddresses, type Addresses } from "#identity/server/addresses.ts";
import { monthFrom } from "#identity/server/sessions.ts";
import { keepAccount, keepSession, type IdentityDb } from "#identity/server/store.ts";
import { SESSION_COOKIE } from "#platform/server/http.ts";
import { openSecrets } from "#platform/server/secrets.ts";
import { makeSafe } from "#vault/server/store.ts";

export interface LoadMember {
  readonly account: string;
  readonly cookie: string;
}

/** `database`: the named cluster's, with its owner's rights; the instance's secrets lie in `dataDir`. */
export async function makeMembers(
  database: pg.PoolConfig,
  dataDir: string,
  count: number,
): Promise<readonly LoadMember[]> {
  const secrets = await openSecrets(join(dataDir, "secrets.json"), { make: false });
  if (!secrets.ok) throw new Error("The instance has no secrets");
  const addresses = makeAddresses(secrets.value.addressIndexKey, secrets.value.addressSealKey);
  const db: IdentityDb = new Kysely({
    dialect: new PostgresDialect({ pool: new pg.Pool(database) }),
  });
  try {
    const members: LoadMember[] = [];
    for (let nth = 0; nth < count; nth++) members.push(await makeMember(db, addresses, nth));
    return members;
  } finally {
    await db.destroy();
  }
}

async function makeMember(db: IdentityDb, addresses: Addresses, nth: number): Promise<LoadMember> {
  const account = randomUUID();
  const email = `load-${nth}@bench.example`;
  await keepAccount(db, {
    id: account,
    loginId: randomBytes(32),
    opaqueRecord: "none",
    emailIndex: addresses.index(email),
    emailSealed: addresses.seal(email),
    addressConfirmed: true,
    name: `Load ${nth}`,
    stage: "attending",
    roles: [],
    timeZone: "Europe/Berlin",
    hpkeKey: randomBytes(32),
    signingKey: randomBytes(32),
    recoveryKey: randomBytes(32),
  });
  await makeSafe(db, account, new Map());
  const token = randomBytes(32).toString("base64url");
  await keepSession(db, {
    tokenHash: createHash("sha256").update(token).digest(),
    id: randomUUID(),
    account,
    label: "bench",
    expiresMonth: monthFrom(Date.now(), 2),
  });
  return { account, cookie: `${SESSION_COOKIE}=${token}` };
}
