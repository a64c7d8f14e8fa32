/**
 * Issues passes to whom it knows as a verified doctor, blindly: what it signs tells it nothing, and what it keeps
 * is which slot went to whom and the hash of the request, so that the same one can be answered again.
 */
import { randomBytes } from "node:crypto";
import { sha256 } from "@noble/hashes/sha2.js";
import { today } from "#identity/server/deps.ts";
import {
  base64urlToBytes,
  bytesToBase64url,
  bytesToHex,
  concatBytes,
  type Bytes,
} from "#platform/bytes.ts";
import type { Clock } from "#platform/clock.ts";
import type { BodyOf } from "#platform/contract.ts";
import type { Redacted } from "#platform/redacted.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { violation } from "#platform/server/db.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import type { Community } from "../challenge.ts";
import { issuePasses, readKeyLogEntries } from "../contract.ts";
import { readPassesDue } from "../due-contract.ts";
import { countedWith, passesDue, type Issued } from "../due.ts";
import { issuingOf, type IssuingRefusal } from "../issued.ts";
import { countedBy, type Day } from "../period.ts";
import { PURPOSES } from "../purpose.ts";
import { canSign, mayHoldPasses, type SigningKey } from "./issue-policy.ts";
import { presentDue, presentKey } from "./issue-present.ts";
import { makeKeysAtHand, type KeysAtHand } from "./issue-signing.ts";
import {
  issuedTo,
  issuerKeys,
  keepCommunityNames,
  keepIssued,
  logLength,
  takeIssuingTurn,
  type IssuingDb,
} from "./issue-store.ts";

export interface IssuingDeps {
  readonly db: IssuingDb;
  readonly clock: Clock;
  readonly sealKey: Redacted<Uint8Array>;
  readonly community: Community;
}

/**
 * What every pass of this community names, made by whoever starts first. Names that no resolver knows, and no
 * addresses: they stay when the community moves, and chance keeps two communities apart.
 */
export function communityOf(db: IssuingDb): Promise<Community> {
  const chance = bytesToHex(randomBytes(10));
  return keepCommunityNames(db, {
    issuerName: `issuer.${chance}.callroom.internal`,
    originInfo: `origin.${chance}.callroom.internal`,
  });
}

export function issuingRoutes(mounting: Mounting, deps: IssuingDeps): void {
  const { db, clock, community } = deps;
  const atHand = makeKeysAtHand(deps.sealKey);
  const readLog = async () => {
    const logged = (await issuerKeys(db)).filter(({ position }) => position !== null);
    return { community, entries: logged.map(presentKey) };
  };
  let log: Awaited<ReturnType<typeof readLog>> | null = null;

  mount(mounting, readKeyLogEntries, async () => {
    if (log?.entries.length !== (await logLength(db))) log = await readLog();
    return ok(log);
  });

  mount(mounting, readPassesDue, async (request) => {
    const { account } = callerOf(request);
    if (!(await mayHoldPasses(db, account))) return ok({ state: "not-verified" as const, due: [] });
    const periods = (await issuerKeys(db)).filter(canSign).map(({ period }) => period);
    const due = passesDue(periods, await issuedTo(db, account), today(clock));
    return ok({ state: "due" as const, due: due.map(presentDue) });
  });

  mount(mounting, issuePasses, async (request) => {
    const { account } = callerOf(request);
    const asked = request.body.requests.map(readRequest);
    try {
      return await db.transaction().execute(async (within) => {
        await takeIssuingTurn(within, account);
        if (!(await mayHoldPasses(within, account))) return refuse({ type: "NotVerified" });
        const keys = (await issuerKeys(within)).filter(canSign);
        const decided = decide(asked, keys, await issuedTo(within, account), today(clock));
        if (!decided.ok) return decided;
        const signatures = sign(asked, keys, atHand);
        if (signatures === null) return refuse({ type: "BadInput" });
        await keepIssued(within, account, decided.value);
        return ok({ signatures: signatures.map(bytesToBase64url) });
      });
    } catch (error) {
      // Deleted in this moment.
      if (violation(error)?.code === "23503") return refuse({ type: "NotSignedIn" });
      throw error;
    }
  });
}

type Asked = Omit<BodyOf<typeof issuePasses>["requests"][number], "blinded"> & {
  readonly blinded: Bytes;
  /** SHA-256 of it. */
  readonly request: Bytes;
};

function readRequest({
  purpose,
  name,
  slot,
  blinded: text,
}: BodyOf<typeof issuePasses>["requests"][number]): Asked {
  const blinded = base64urlToBytes(text)!;
  return { purpose, name, slot, blinded, request: concatBytes(sha256(blinded)) };
}

const keyFor = (keys: readonly SigningKey[], { purpose, name }: Asked): SigningKey | undefined =>
  keys.find(({ period }) => period.purpose === purpose && period.name === name);

/** What is issued for the first time. All of a request is granted, or nothing. */
function decide(
  asked: readonly Asked[],
  keys: readonly SigningKey[],
  issued: readonly Issued[],
  day: Day,
): Result<Issued[], IssuingRefusal> {
  const first: Issued[] = [];
  for (const each of asked) {
    const { purpose, name, slot, request } = each;
    const period = keyFor(keys, each)?.period;
    if (period === undefined) return refuse({ type: "NotIssuing" });
    const before = countedWith(period, [...issued, ...first]);
    const due = PURPOSES[purpose].perDoctor;
    const decided = issuingOf({ period, today: day, slot, request, due, before });
    if (!decided.ok) return decided;
    if (decided.value === "first")
      first.push({ purpose, period: name, countedBy: countedBy(period), slot, request });
  }
  return ok(first);
}

/** Null where something among it is no blinded message: that slot must stay free for a right one. */
function sign(
  asked: readonly Asked[],
  keys: readonly SigningKey[],
  atHand: KeysAtHand,
): Bytes[] | null {
  const signatures: Bytes[] = [];
  for (const each of asked) {
    const signed = atHand(keyFor(keys, each)!).sign([each.blinded]);
    if (!signed.ok) return null;
    signatures.push(...signed.value);
  }
  return signatures;
}
