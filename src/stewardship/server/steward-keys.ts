/**
 * The stewards' key: the server keeps the public log and sealed wraps, checks every entry as devices do, and
 * sees that the key reaches exactly the stewards whom the entry names.
 */
import { base64urlToBytes } from "#platform/bytes.ts";
import { ok, refuse } from "#platform/result.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import {
  extendStewardLogState,
  isBound,
  storedStewardLogState,
  type StewardLogState,
} from "../steward-log.ts";
import type { StewardLogEntry } from "../log-entry.ts";
import { readStewardLog } from "../logs-contract.ts";
import * as contract from "../steward-keys-contract.ts";
import { logDecision } from "./decision-store.ts";
import type { StewardshipDeps } from "./deps.ts";
import {
  dropWrapsOfOthers,
  keepBinding,
  keepStewardLogEntry,
  keepWraps,
  stewardLogEntries,
  stewardsWithKeys,
  wrapsOfSteward,
  type KeyWithin,
  type StewardRow,
} from "./key-store.ts";
import { isFoundingDue, isRenewalDue } from "./policy.ts";
import { presentSteward } from "./present.ts";

export function stewardKeyRoutes(mounting: Mounting, deps: StewardshipDeps): void {
  const { db, clock } = deps;

  mount(mounting, readStewardLog, async () => {
    const { entries, epoch } = await keyStanding(db);
    return ok({ entries, documentsWait: epoch === null });
  });

  mount(mounting, contract.readStewardKeys, async (request) => {
    const { state, stewards } = await keyStanding(db);
    const wraps = await wrapsOfSteward(db, callerOf(request).account);
    return ok({
      stewards: stewards.map((steward) => presentSteward(steward, state)),
      renewalDue: isRenewalDue(state, signingKeysOf(stewards)),
      foundingDue: isFoundingDue(state, signingKeysOf(stewards)),
      wraps: wraps.map(({ epoch, sealed }) => ({ epoch, sealed: sealed.toString("base64url") })),
    });
  });

  mount(mounting, contract.offerStewardKeys, async (request) => {
    const { account } = callerOf(request);
    const own = (await stewardsWithKeys(db)).find((steward) => steward.id === account);
    if (!own) return refuse({ type: "NotFound" });
    const { binding } = request.body;
    if (!isBound({ ...publicKeysOf(own), binding })) return refuse({ type: "BindingWrong" });
    await keepBinding(db, account, decoded(binding));
    return ok({});
  });

  mount(mounting, contract.extendStewardLog, async (request) => {
    const { account } = callerOf(request);
    const { entry, wraps } = request.body;
    return db.transaction().execute(async (within) => {
      const { state, stewards } = await keyStanding(within);
      if (entry.sequence !== (state?.sequence ?? 0) + 1) return refuse({ type: "LogMoved" });
      const next = extendStewardLogState(state, entry);
      const named = accountsNamed(entry, stewards);
      const mayBe =
        next.ok &&
        named !== null &&
        entry.signer === keyOf(stewards.find((steward) => steward.id === account)) &&
        (entry.kind !== "founding" || isFoundingDue(state, signingKeysOf(stewards))) &&
        isSameSet(
          named,
          wraps.map((wrap) => wrap.account),
        );
      if (!mayBe) return refuse({ type: "EntryRefused" });
      if (!(await keepStewardLogEntry(within, entry))) return refuse({ type: "LogMoved" });
      await keepWraps(
        within,
        entry.epoch,
        wraps.map((wrap) => ({
          account: wrap.account,
          sealed: decoded(wrap.sealed),
        })),
      );
      await dropWrapsOfOthers(
        within,
        stewards.map((steward) => steward.id),
      );
      if (entry.kind === "admission") {
        await logDecision(within, clock, { kind: "steward", detail: "admitted" });
        return ok({});
      }
      const detail = entry.kind === "founding" ? "founded" : "renewed";
      await logDecision(within, clock, { kind: "steward-key", detail });
      const left = (state?.stewards.length ?? 0) - (entry.kind === "epoch" ? named.length : 0);
      for (let nth = 0; nth < left; nth++)
        await logDecision(within, clock, { kind: "steward", detail: "left" });
      return ok({});
    });
  });
}

interface KeyStanding {
  readonly entries: StewardLogEntry[];
  readonly state: StewardLogState | null;
  readonly stewards: readonly StewardRow[];
  /** To which documents are sealed now; null while they wait. */
  readonly epoch: number | null;
}

export async function keyStanding(db: KeyWithin): Promise<KeyStanding> {
  const entries = await stewardLogEntries(db);
  const stewards = await stewardsWithKeys(db);
  const state = storedStewardLogState(entries);
  const waits = state === null || isRenewalDue(state, signingKeysOf(stewards));
  return { entries, state, stewards, epoch: waits ? null : state.epoch };
}

const publicKeysOf = (steward: StewardRow) => ({
  hpkeKey: steward.hpke_key.toString("base64url"),
  signingKey: steward.signing_key.toString("base64url"),
});

const decoded = (text: string): Buffer => Buffer.from(base64urlToBytes(text)!);

const keyOf = (steward: StewardRow | undefined): string | undefined =>
  steward?.signing_key.toString("base64url");

const signingKeysOf = (stewards: readonly StewardRow[]): ReadonlySet<string> =>
  new Set(stewards.map((steward) => keyOf(steward)!));

/** Null where the entry names somebody who is no steward, or with other keys than the account's. */
function accountsNamed(
  entry: StewardLogEntry,
  stewards: readonly StewardRow[],
): readonly string[] | null {
  const named = entry.stewards.map((keys) =>
    stewards.find((steward) => {
      const { hpkeKey, signingKey } = publicKeysOf(steward);
      return signingKey === keys.signingKey && hpkeKey === keys.hpkeKey;
    }),
  );
  return named.every((steward) => steward !== undefined) ? named.map(({ id }) => id) : null;
}

const isSameSet = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && new Set([...some, ...others]).size === some.length;
