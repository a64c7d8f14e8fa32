/** Asking to be verified, in every way but the document's, which is sealed to the stewards and lies with them. */
import { randomInt, randomUUID, timingSafeEqual } from "node:crypto";
import { ok, refuse } from "#platform/result.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import { enqueueLetter } from "#platform/server/letters.ts";
import type { RegisteredName } from "../npi.ts";
import type { Licence } from "../licence.ts";
import { listedDomain, mayAsk, VERIFICATION_WAYS, type VerificationWay } from "../verification.ts";
import { readVerification } from "../standing-contract.ts";
import * as contract from "../verification-contract.ts";
import type { Claim } from "./claims.ts";
import type { IdentityDeps } from "./deps.ts";
import { hash } from "./joining.ts";
import { presentVerification } from "./present.ts";
import { isConfirmed } from "./signing-in.ts";
import {
  dropStewardRole,
  findCommunity,
  holdStewards,
  listedDomains,
  type IdentityWithin,
} from "./store.ts";
import {
  arrivalOf,
  countVouches,
  dropAsking,
  keepAsking,
  verificationOf,
} from "./verification-store.ts";
import { vouchingRoutes } from "./vouching.ts";

const HALF_AN_HOUR = 1800;
/** A minute. */
const LETTERS_PER_ADDRESS = 2;
const TRIES_PER_ACCOUNT = 6;

/** Sealed between the two halves of confirming a mailbox. The address itself goes no further than the letter. */
interface Mailbox {
  readonly account: string;
  readonly domain: string;
  readonly codeHash: string;
  readonly claim: Claim;
}

export function verifyingRoutes(mounting: Mounting, deps: IdentityDeps): void {
  const { db, tickets, addresses } = deps;
  vouchingRoutes(mounting, deps);

  mount(mounting, readVerification, async (request) => {
    const { account } = callerOf(request);
    const [verification, arrival, vouches] = await Promise.all([
      verificationOf(db, account),
      arrivalOf(db, account),
      countVouches(db, account),
    ]);
    const ways = await waysOpenTo(db, arrival !== null);
    return ok(presentVerification(verification, arrival, vouches, ways));
  });

  mount(mounting, contract.askByNpi, async (request) => {
    const { npi, givenName, familyName } = request.body;
    const claim = physician({ country: "US", number: npi }, { givenName, familyName });
    return asked(deps, callerOf(request).account, "npi", claim);
  });

  mount(mounting, contract.askByRoster, async (request) => {
    const { account } = callerOf(request);
    const arrival = await arrivalOf(db, account);
    if (!arrival) return refuse({ type: "NoRoster" });
    const { claim } = request.body;
    if (arrival.kind === "students")
      return asked(deps, account, "roster", {
        of: "student",
        roster: arrival.roster,
        use: arrival.code_use,
      });
    if (claim === null) return refuse({ type: "ClaimNeeded" });
    return asked(deps, account, "roster", physician(claim.licence, claim));
  });

  mount(mounting, contract.startInstitutionMail, async (request) => {
    const { account } = callerOf(request);
    const { email, licence } = request.body;
    const domain = listedDomain(email, await listedDomains(db));
    if (domain === null) return refuse({ type: "DomainNotListed" });
    const before = await verificationOf(db, account);
    if (!mayAsk(before?.state ?? "none")) return refuse({ type: "VerifiedAlready" });
    const index = addresses.index(email).toString("base64url");
    // A mailbox that is read along by others must not be filled by us.
    const wait = mounting.limits.take(`letters ${index}`, LETTERS_PER_ADDRESS);
    if (wait > 0) return refuse({ type: "TooMany", detail: { seconds: wait } });
    const digits = String(randomInt(1e8)).padStart(8, "0");
    await enqueueLetter(
      db,
      deps.letterKey,
      {
        template: "address-check",
        to: email,
        fields: { code: `${digits.slice(0, 4)} ${digits.slice(4)}` },
      },
      { account },
    );
    const mailbox: Mailbox = {
      account,
      domain,
      codeHash: hash(digits).toString("base64url"),
      claim: physician(licence, request.body),
    };
    return ok({ ticket: tickets.seal("institution mail", { ...mailbox }, HALF_AN_HOUR) });
  });

  mount(mounting, contract.finishInstitutionMail, async (request) => {
    const { account } = callerOf(request);
    const { ticket, code } = request.body;
    const mailbox = tickets.open<Mailbox>("institution mail", ticket);
    if (mailbox?.account !== account) return refuse({ type: "TicketExpired" });
    const wait = mounting.limits.take(`institution mail ${account}`, TRIES_PER_ACCOUNT);
    if (wait > 0) return refuse({ type: "TooMany", detail: { seconds: wait } });
    if (!timingSafeEqual(Buffer.from(mailbox.codeHash, "base64url"), hash(code)))
      return refuse({ type: "WrongCode" });
    return asked(deps, account, "institution-mail", mailbox.claim, mailbox.domain);
  });

  mount(mounting, contract.withdrawAsking, async (request) => {
    const { account } = callerOf(request);
    const dropped = await db.transaction().execute((within) => dropAsking(within, account));
    return dropped ? ok({}) : refuse({ type: "VerifiedAlready" });
  });

  mount(mounting, contract.leaveStewards, async (request) => {
    const { account } = callerOf(request);
    if (!isConfirmed(deps, account, request.body.confirmation))
      return refuse({ type: "NotConfirmed" });
    const left = await db.transaction().execute(async (within) => {
      const stewards = await holdStewards(within);
      if (!stewards.some((steward) => steward !== account)) return false;
      await dropStewardRole(within, account);
      // Sessions know the roles they began with.
      await deps.sessions.end(within, account);
      return true;
    });
    if (!left) return refuse({ type: "LastSteward" });
    request.cookies.clear();
    return ok({});
  });
}

const physician = (licence: Licence, { givenName, familyName }: RegisteredName): Claim => ({
  of: "physician",
  licence,
  name: { givenName, familyName },
});

async function asked(
  deps: IdentityDeps,
  account: string,
  way: VerificationWay,
  claim: Claim,
  confirmedAt?: string,
) {
  const kept = await deps.db.transaction().execute((within) =>
    keepAsking(within, {
      account,
      asking: randomUUID(),
      way,
      claimSealed: deps.claims.seal(claim),
      ...(confirmedAt === undefined ? {} : { confirmedAt }),
    }),
  );
  return kept ? ok({}) : refuse({ type: "VerifiedAlready" as const });
}

/** In the order of reveal. */
async function waysOpenTo(
  db: IdentityWithin,
  cameByRoster: boolean,
): Promise<readonly VerificationWay[]> {
  const community = await findCommunity(db);
  const domains = await listedDomains(db);
  const isOpen: Readonly<Record<VerificationWay, boolean>> = {
    npi: community?.country === "US",
    roster: cameByRoster,
    vouching: true,
    document: true,
    "institution-mail": domains.length > 0,
  };
  return VERIFICATION_WAYS.filter((way) => isOpen[way]);
}
