/** Wallets for tests: browsers of verified doctors, before both sides of passes on real databases. */
import { randomBytes, randomUUID } from "node:crypto";
import { beforeAll, beforeEach } from "vitest";
import { today } from "#identity/server/deps.ts";
import { keepAsking, keepDecision } from "#identity/server/verification-store.ts";
import type { Community } from "#pass/challenge.ts";
import { blindedMessage, finishedPass } from "#pass/client.ts";
import { makeChallenges } from "#pass/server/challenges.ts";
import { prepareIssuerKeys, tellCrowds, tellKeys } from "#pass/server/issue-keys.ts";
import { communityOf, issuingRoutes, type IssuingDeps } from "#pass/server/issue-routes.ts";
import { makeNamelessKeys } from "#pass/server/nameless-keys.ts";
import { makeCurrentLog } from "#pass/server/nameless-origin.ts";
import { namelessPassRoutes } from "#pass/server/nameless-routes.ts";
import type { NamelessPassTables } from "#pass/server/nameless-tables.ts";
import { checkLogs, fetchDue, type PassMaker } from "#pass/web/issue-fetching.ts";
import { fetchReplacement } from "#pass/web/issue-replacement.ts";
import { openWallet, type Wallet } from "#pass/web/wallet.ts";
import { walletKeeping } from "#pass/web/wallet-keeping.ts";
import { redact } from "#platform/redacted.ts";
import type { Mounting } from "#platform/server/http.ts";
import type { NamelessCluster } from "#platform/server/db.ts";
import { openLateKeeping, type LateKeeping } from "#vault/web/late-keeping.ts";
import type { Safe } from "#vault/web/safe.ts";
import { useNamelessDatabase } from "./database.ts";
import { Browser, COLLECTIONS, withBrowsers } from "./device.ts";
import { withIdentity, type IdentityHouse, type Person } from "./identity.ts";
import { firstKeys } from "./issuing.ts";
import { physician } from "./stewardship.ts";

export interface OpenedWallet {
  readonly browser: Browser;
  readonly safe: Safe;
  readonly late: LateKeeping;
  readonly wallet: Wallet;
  /** Catches up, fetches, and sends what is kept, as a sign-in does. */
  readonly signIn: () => Promise<void>;
  readonly sent: () => Promise<void>;
}

export class WalletHouse {
  readonly identity: IdentityHouse;
  readonly sealKey = redact(new Uint8Array(randomBytes(32)));
  issuing!: IssuingDeps["db"];
  community!: Community;
  nameless!: ReturnType<typeof makeNamelessKeys>;
  /** What else the server serves. */
  mountMore: (mounting: Mounting, nameless: NamelessCluster) => void = () => undefined;

  constructor(identity: IdentityHouse) {
    this.identity = identity;
  }

  /** One that has just started, and remembers no other log. */
  async startServer(nameless: NamelessCluster): Promise<void> {
    const { identity, issuing: db, sealKey, community } = this;
    const { clock, sessions } = identity;
    const app = await identity.node(sessions);
    identity.app = app;
    const mounting = {
      app,
      limits: { take: () => 0, giveBack: () => undefined },
      identify: sessions.identify,
      defect: (error: unknown) => {
        throw error;
      },
      mounted: [],
    };
    issuingRoutes(mounting, { db, clock, sealKey, community });
    const namelessDb = nameless.as<NamelessPassTables>("pass");
    namelessPassRoutes(mounting, {
      currentLog: makeCurrentLog(namelessDb, community),
      challenges: makeChallenges(namelessDb, clock),
      clock,
      community,
    });
    this.mountMore(mounting, nameless);
  }

  /** A day with the keys that belong to it, told to both sides. */
  async goTo(day: string): Promise<void> {
    this.identity.clock.at = Date.parse(`${day}T09:30:00Z`);
    const prepared = await prepareIssuerKeys(this.issuing, this.sealKey, day);
    if (!prepared.ok) throw new Error(prepared.refusal.type);
    await tellKeys(this.issuing, this.nameless);
    await tellCrowds(this.issuing, this.nameless, day);
  }

  get today(): string {
    return today(this.identity.clock);
  }

  async doctor(): Promise<Person> {
    this.identity.limits = { take: () => 0 };
    const person = await this.identity.join();
    const { db, deps } = this.identity;
    const claimSealed = deps.claims.seal(physician());
    const asking = {
      account: person.account,
      asking: randomUUID(),
      way: "npi",
      claimSealed,
    } as const;
    await db.transaction().execute((within) => keepAsking(within, asking));
    await keepDecision(db, person.account, { state: "verified", claimSealed });
    return person;
  }

  /** A browser of somebody's with its wallet; `sharing` for what an earlier one of theirs has kept. */
  async open(person: Person, sharing?: Browser): Promise<OpenedWallet> {
    this.identity.limits = { take: () => 0 };
    const browser = new Browser(this.identity, person, sharing);
    const safe = await browser.open([...COLLECTIONS, "wallet"]);
    const late = openLateKeeping(safe);
    const keeping = await walletKeeping(safe, late);
    const fetching = { account: person.account, keeping, maker, isOver: () => false };
    const wallet = openWallet(keeping, {
      fetchDue: () => fetchDue(fetching),
      checkLogs: () => checkLogs(keeping),
      fetchReplacement: (old, day, ask) =>
        fetchReplacement({ keeping, maker, old, today: day, ask }),
    });
    const sent = async () => {
      for (let rounds = 0; rounds < 6; rounds++) await browser.in(() => safe.sync());
    };
    const signIn = async () => {
      await browser.in(() => safe.sync());
      await browser.in(() => wallet.refresh());
      await sent();
    };
    return { browser, safe, late, wallet, signIn, sent };
  }
}

/** The arithmetic here instead of in a worker. */
const maker: PassMaker = {
  blinded: (wanted) => {
    const made = blindedMessage(wanted);
    return Promise.resolve(made.ok ? made.value : null);
  },
  finished: (wanted, signature) => {
    const made = finishedPass(wanted, signature);
    return Promise.resolve(made.ok ? made.value : null);
  },
  stop: () => undefined,
};

/** Call at the top of a test file: every test begins on the morning of 22 November 2030, with an empty log. */
export function withWallets(): WalletHouse {
  const identity = withIdentity();
  const database = useNamelessDatabase();
  withBrowsers();
  const house = new WalletHouse(identity);
  const startWithKeys = firstKeys();
  beforeAll(async () => {
    house.issuing = identity.cluster.as("pass");
    house.community = await communityOf(house.issuing);
    house.nameless = makeNamelessKeys(database.cluster());
  });
  beforeEach(async () => {
    await emptyLog(database.cluster());
    await house.startServer(database.cluster());
    await startWithKeys(identity.cluster.owner, () => house.goTo("2030-11-22"));
  });
  return house;
}

async function emptyLog({ owner }: NamelessCluster): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'pass.spent'::regclass",
  );
  for (const { name } of rows) await owner.query(`drop table ${name}`);
  await owner.query("truncate pass.logged_key");
}
