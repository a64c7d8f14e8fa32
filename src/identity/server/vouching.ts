/** Vouching: a member's code, good until tomorrow ends, and the verified colleagues to whom they give it. */
import { randomBytes, randomUUID } from "node:crypto";
import { ok, refuse, type Result } from "#platform/result.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import type { Stage } from "../account.ts";
import { codeToShown, makeCode, typedToCode } from "../invitation.ts";
import { quarterOf } from "../licence.ts";
import { mayVouch, vouchRefusal, VOUCHES_NEEDED, type VouchRefusal } from "../verification.ts";
import * as contract from "../verification-contract.ts";
import type { IdentityDeps } from "./deps.ts";
import { hash } from "./joining.ts";
import { accountById, type IdentityWithin } from "./store.ts";
import {
  countVouches,
  countVouchesBy,
  hasVouched,
  keepAsking,
  keepVouch,
  keepVouchCode,
  takeTurn,
  verificationOf,
  vouchCodeOwner,
  type VerificationRow,
} from "./verification-store.ts";

const DAY_MS = 86_400_000;

export function vouchingRoutes(mounting: Mounting, deps: IdentityDeps): void {
  const { db, clock, claims } = deps;

  mount(mounting, contract.askByVouching, async (request) => {
    const { account } = callerOf(request);
    const { licence, givenName, familyName } = request.body;
    const name = { givenName, familyName };
    const code = makeCode(randomBytes);
    const kept = await db.transaction().execute(async (within) => {
      const claimSealed = claims.seal({ of: "physician", licence, name });
      const asking = { account, asking: randomUUID(), way: "vouching", claimSealed } as const;
      if (!(await keepAsking(within, asking))) return false;
      await keepVouchCode(within, account, codeHashOn(code, clock.now()));
      return true;
    });
    return kept ? ok({ code: codeToShown(code) }) : refuse({ type: "VerifiedAlready" });
  });

  mount(mounting, contract.renewVouchCode, async (request) => {
    const { account } = callerOf(request);
    const code = makeCode(randomBytes);
    return db.transaction().execute(async (within) => {
      await takeTurn(within, account);
      if (!isVouchedFor(await verificationOf(within, account)))
        return refuse({ type: "NotVouching" });
      await keepVouchCode(within, account, codeHashOn(code, clock.now()));
      return ok({ code: codeToShown(code) });
    });
  });

  mount(mounting, contract.lookVouch, async (request) => {
    const found = await whoseCode(db, deps, callerOf(request).account, request.body.code);
    if (!found.ok) return found;
    const { asker, verification } = found.value;
    const claim = claims.open(verification.claim_sealed!);
    const name = claim.of === "physician" ? claim.name : null;
    return ok({
      name: asker.name,
      givenName: name?.givenName ?? "",
      familyName: name?.familyName ?? "",
      stage: asker.stage as Stage,
    });
  });

  mount(mounting, contract.vouch, async (request) => {
    const { account: voucher } = callerOf(request);
    return db.transaction().execute(async (within) => {
      const found = await whoseCode(within, deps, voucher, request.body.code);
      if (!found.ok) return found;
      const account = found.value.asker.id;
      await keepVouch(within, { account, voucher, quarter: quarterOf(clock.now()) });
      return ok({});
    });
  });
}

type Found = {
  readonly asker: { readonly id: string; readonly name: string; readonly stage: string };
  readonly verification: VerificationRow;
};

/** In a transaction, nobody else vouches for that person, nor by this voucher, until its end. */
async function whoseCode(
  within: IdentityWithin,
  deps: IdentityDeps,
  voucher: string,
  typed: string,
): Promise<Result<Found, { type: VouchRefusal | "NotVerified" | "CodeNotValid" }>> {
  const now = deps.clock.now();
  const own = await verificationOf(within, voucher);
  // Before anything is told of the code.
  if (!mayVouch(own?.state ?? "none")) return refuse({ type: "NotVerified" });
  const code = typedToCode(typed);
  const account =
    code && (await vouchCodeOwner(within, [codeHashOn(code, now), codeHashOn(code, now - DAY_MS)]));
  if (!account) return refuse({ type: "CodeNotValid" });
  for (const turn of [account, voucher].toSorted()) await takeTurn(within, turn);
  const [asker, verification] = [
    await accountById(within, account),
    await verificationOf(within, account),
  ];
  if (!asker || !verification || !isVouchedFor(verification))
    return refuse({ type: "CodeNotValid" });
  const reason = vouchRefusal({
    hasVouchedBefore: await hasVouched(within, voucher, account),
    isReturned: await hasVouched(within, account, voucher),
    vouchesGiven: await countVouchesBy(within, voucher, quarterOf(now)),
  });
  if (reason !== null) return refuse({ type: reason });
  // Enough have vouched: the code is of no more use.
  if ((await countVouches(within, account)) >= VOUCHES_NEEDED)
    return refuse({ type: "CodeNotValid" });
  return ok({ asker, verification });
}

const isVouchedFor = (verification: VerificationRow | null): boolean =>
  verification?.state === "asked" && verification.way === "vouching";

// The day is in the hash, so that a code ends with the day after and its row needs no date.
const codeHashOn = (code: string, at: number): Buffer =>
  hash(`${new Date(at).toISOString().slice(0, 10)} ${code}`);
