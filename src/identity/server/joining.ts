/** Set-up and joining: an invitation's code becomes an account with a safe, in one transaction. */
import { createHash, randomBytes, randomInt, randomUUID, timingSafeEqual } from "node:crypto";
import { base64urlToBytes } from "#platform/bytes.ts";
import { ok, refuse } from "#platform/result.ts";
import { mount, type Mounting } from "#platform/server/http.ts";
import { enqueueLetter } from "#platform/server/letters.ts";
import { makeSafe } from "#vault/server/store.ts";
import type { Role } from "../account.ts";
import {
  community,
  finishRegistration,
  lookInvitation,
  setUpCommunity,
  startRegistration,
} from "../contract.ts";
import { makeCode, typedToCode } from "../invitation.ts";
import { arriveByRoster } from "./arriving.ts";
import { today, type IdentityDeps } from "./deps.ts";
import { presentCommunity, presentInvitation } from "./present.ts";
import {
  accountByEmail,
  accountById,
  findCommunity,
  findInvitation,
  keepAccount,
  keepCommunity,
  keepInvitation,
  takeSetUp,
  useInvitation,
  type IdentityWithin,
  type InvitationRow,
} from "./store.ts";

/** Sealed between the two halves of joining. */
interface Joining {
  readonly account: string;
  readonly loginId: string;
  readonly email: string;
  readonly codeHash: string;
  /** Hash of the eight digits that went to the address, where it wasn't the invited one. */
  readonly addressCodeHash: string | null;
}

const HALF_AN_HOUR = 1800;
/** A minute. */
const LETTERS_PER_ADDRESS = 4;
const TRIES_PER_ADDRESS = 10;

export function joiningRoutes(mounting: Mounting, deps: IdentityDeps): void {
  const { db, clock, opaque, tickets, addresses } = deps;

  mount(mounting, community, async () =>
    ok(presentCommunity(await findCommunity(db), deps.oneServer)),
  );

  mount(mounting, setUpCommunity, async ({ body }) => {
    const made = await db.transaction().execute(async (within) => {
      if (!(await takeSetUp(within, hash(body.token)))) return null;
      if (
        !(await keepCommunity(within, {
          name: body.name,
          country: body.country,
          floor: body.floor,
          sample: body.sample,
        }))
      )
        return null;
      return makeStewardCode(within, deps);
    });
    if (made === null) return refuse({ type: "LinkNotValid" });
    // Takes some seconds; nobody should wait for it with the one-time link spent.
    if (body.sample)
      void deps
        .loadSample()
        .catch((error: unknown) => mounting.defect(error, "loading the sample"));
    return ok({ code: made });
  });

  mount(mounting, lookInvitation, async ({ body }) => {
    const invitation = await invitationFor(deps, body.code);
    return invitation
      ? ok(presentInvitation(invitation, addresses))
      : refuse({ type: "InvitationNotValid" });
  });

  mount(mounting, startRegistration, async ({ body }) => {
    const invitation = await invitationFor(deps, body.code);
    if (!invitation) return refuse({ type: "InvitationNotValid" });
    const loginId = randomBytes(32);
    const registrationResponse = opaque.registrationResponse(loginId, body.registrationRequest);
    if (registrationResponse === null)
      return refuse({ type: "BadInput", detail: { field: "registrationRequest" } });
    const index = addresses.index(body.email);
    const addressCheck = !addressIsProven(invitation, index);
    if (addressCheck) {
      // One code is enough to write to strangers with; it must not be enough to flood one.
      const wait = mounting.limits.take(`letters ${asKey(index)}`, LETTERS_PER_ADDRESS);
      if (wait > 0) return refuse({ type: "TooMany", detail: { seconds: wait } });
    }
    const digits = addressCheck ? String(randomInt(1e8)).padStart(8, "0") : null;
    if (digits !== null) await sendAddressCode(deps, body.email, digits);
    const joining: Joining = {
      account: randomUUID(),
      loginId: loginId.toString("base64url"),
      email: body.email,
      codeHash: hash(typedToCode(body.code) ?? "").toString("base64url"),
      addressCodeHash: digits === null ? null : hash(digits).toString("base64url"),
    };
    const ticket = tickets.seal("joining", { ...joining }, HALF_AN_HOUR);
    return ok({ account: joining.account, registrationResponse, ticket, addressCheck });
  });

  mount(mounting, finishRegistration, async ({ body, cookies }) => {
    const joining = tickets.open<Joining>("joining", body.ticket);
    if (!joining) return refuse({ type: "TicketExpired" });
    // Per address and not per ticket: with a new ticket for every few tries eight digits would be guessed in days.
    const index = addresses.index(joining.email);
    const wait = mounting.limits.take(`joining ${asKey(index)}`, TRIES_PER_ADDRESS);
    if (wait > 0) return refuse({ type: "TooMany", detail: { seconds: wait } });
    if (!codeMatches(joining.addressCodeHash, body.addressCode))
      return refuse({ type: "WrongCode" });
    const codeHash = Buffer.from(joining.codeHash, "base64url");
    const joined = await db
      .transaction()
      .execute(async (within) => {
        const invitation = await findInvitation(within, codeHash, today(clock));
        if (!invitation || !(await useInvitation(within, invitation))) {
          // Asked again after an answer that got lost, this very joining is what used the invitation up.
          const isJoined = (await accountById(within, joining.account)) !== null;
          return isJoined ? ("AlreadyHere" as const) : ("InvitationNotValid" as const);
        }
        const kept = await keepAccount(within, {
          id: joining.account,
          loginId: Buffer.from(joining.loginId, "base64url"),
          opaqueRecord: body.registrationRecord,
          emailIndex: index,
          emailSealed: addresses.seal(joining.email),
          // By its code of eight digits, or by the letter with the invitation. A steward's first one has neither.
          addressConfirmed: joining.addressCodeHash !== null || invitation.email_index !== null,
          name: body.name,
          stage: body.stage,
          roles: invitation.roles as Role[],
          timeZone: body.timeZone,
          hpkeKey: decoded(body.hpkeKey),
          signingKey: decoded(body.signingKey),
          recoveryKey: decoded(body.recoveryKey),
        });
        if (!kept) throw new AlreadyHere();
        const wraps = new Map([
          ["passphrase", decoded(body.passphraseWrap)],
          ["phrase", decoded(body.phraseWrap)],
        ]);
        await makeSafe(within, joining.account, wraps);
        if (invitation.from === "roster")
          await arriveByRoster(within, deps.claims, joining.account, invitation.id);
        return { token: await deps.sessions.begin(within, joining.account, body.label) };
      })
      .catch((error: unknown) => {
        if (error instanceof AlreadyHere) return "AlreadyHere" as const;
        throw error;
      });
    if (typeof joined === "string") return refuse({ type: joined });
    cookies.set(joined.token);
    return ok({});
  });
}

// Rolls the transaction back, so that the invitation stays good.
class AlreadyHere extends Error {}

/** A steward's single invitation without an address: for set-up, and for one who lost everything. */
export async function makeStewardCode(
  within: IdentityWithin,
  deps: Pick<IdentityDeps, "clock">,
): Promise<string> {
  const code = makeCode(randomBytes);
  const expiresOn = new Date(deps.clock.now() + 30 * 24 * 3600_000).toISOString().slice(0, 10);
  await keepInvitation(within, {
    id: randomUUID(),
    codeHash: hash(code),
    emailIndex: null,
    emailSealed: null,
    roles: ["steward"],
    stage: null,
    expiresOn,
    // Whoever runs the server may set an address without a letter: there may be no mail yet.
    addressProven: true,
  });
  return code;
}

async function invitationFor(deps: IdentityDeps, typed: string): Promise<InvitationRow | null> {
  const code = typedToCode(typed);
  return code === null ? null : findInvitation(deps.db, hash(code), today(deps.clock));
}

// A code that came by a letter proves that letter's address. One handed over, or a roster's, proves none.
function addressIsProven(invitation: InvitationRow, index: Buffer): boolean {
  if (!invitation.address_proven) return false;
  return invitation.email_index === null || invitation.email_index.equals(index);
}

async function sendAddressCode(deps: IdentityDeps, email: string, digits: string): Promise<void> {
  const taken = await accountByEmail(deps.db, deps.addresses.index(email));
  await enqueueLetter(deps.db, deps.letterKey, {
    template: taken ? "already-here" : "address-check",
    to: email,
    fields: taken ? { link: deps.origin() } : { code: `${digits.slice(0, 4)} ${digits.slice(4)}` },
  });
}

function codeMatches(expected: string | null, typed: string | null): boolean {
  if (expected === null) return true;
  return typed !== null && timingSafeEqual(Buffer.from(expected, "base64url"), hash(typed));
}

const asKey = (index: Buffer): string => index.toString("base64url");
export const hash = (text: string): Buffer => createHash("sha256").update(text).digest();
export const decoded = (text: string): Buffer => Buffer.from(base64urlToBytes(text)!);
