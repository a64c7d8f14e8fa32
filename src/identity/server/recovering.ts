/** Recovery by the 24 words, and by nothing else: e-mail never opens an account (rule 14). */
import { randomBytes } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import { ok, refuse } from "#platform/result.ts";
import { mount, type Mounting } from "#platform/server/http.ts";
import { enqueueLetter } from "#platform/server/letters.ts";
import { recoveryMessage } from "#vault/recovery.ts";
import { dropWrap, keepWrap, wrapsOf } from "#vault/server/store.ts";
import { finishRecovery, proveRecovery, startRecovery } from "../contract.ts";
import type { IdentityDeps } from "./deps.ts";
import { decoded } from "./joining.ts";
import { passkeySlot } from "./own-account.ts";
import {
  accountByEmail,
  accountForChange,
  changeAccountRow,
  dropPasskeyRows,
  type AccountRow,
} from "./store.ts";

/** Sealed between the proof and the new passphrase. A sheet that was replaced meanwhile opens nothing. */
interface Proven {
  readonly account: string;
  /** The sheet's public key. */
  readonly sheet: string;
}

const QUARTER_OF_AN_HOUR = 900;
// Checked in place of an unknown account's key, so that both take the same time. Nobody knows its private half.
const NOBODYS_KEY = ed25519.getPublicKey(randomBytes(32));

export function recoveryRoutes(mounting: Mounting, deps: IdentityDeps): void {
  const { db, tickets, addresses } = deps;

  mount(mounting, startRecovery, ({ body }) => {
    const challenge = randomBytes(32).toString("base64url");
    const ticket = tickets.seal("recovery", { challenge, email: body.email }, QUARTER_OF_AN_HOUR);
    return Promise.resolve(ok({ challenge, ticket }));
  });

  mount(mounting, proveRecovery, async ({ body }) => {
    const started = tickets.open<{ challenge: string; email: string }>("recovery", body.ticket);
    if (!started) return refuse({ type: "TicketExpired" });
    const index = addresses.index(started.email);
    const wait = mounting.limits.take(`address ${index.toString("base64url")}`, 10);
    if (wait > 0) return refuse({ type: "TooMany", detail: { seconds: wait } });
    const account = await accountByEmail(db, index);
    const message = recoveryMessage(decoded(started.challenge));
    const signed = isSigned(decoded(body.signature), message, account?.recovery_key ?? NOBODYS_KEY);
    if (!account || !signed) return refuse({ type: "RecoveryRefused" });
    const wrap = (await wrapsOf(db, account.id)).find(({ slot }) => slot === "phrase");
    const registrationResponse = deps.opaque.registrationResponse(
      account.login_id,
      body.registrationRequest,
    );
    if (!wrap || registrationResponse === null) return refuse({ type: "RecoveryRefused" });
    return ok({
      account: account.id,
      wrap: wrap.sealed.toString("base64url"),
      registrationResponse,
      ticket: tickets.seal(
        "recovery proven",
        { account: account.id, sheet: sheetOf(account) } satisfies Proven,
        QUARTER_OF_AN_HOUR,
      ),
    });
  });

  mount(mounting, finishRecovery, async ({ body, cookies }) => {
    const proven = tickets.open<Proven>("recovery proven", body.ticket);
    if (!proven) return refuse({ type: "TicketExpired" });
    const token = await db.transaction().execute(async (within) => {
      const account = await accountForChange(within, proven.account);
      if (!account || sheetOf(account) !== proven.sheet) return null;
      await changeAccountRow(within, account.id, { opaque_record: body.registrationRecord });
      await keepWrap(within, account.id, "passphrase", decoded(body.passphraseWrap));
      // What was lost may be in other hands, a device with a passkey too: all ways in end but the new passphrase.
      // Passkeys before sessions: a sign-in that has used one in this moment is waited for, and ends with the rest.
      for (const passkey of await dropPasskeyRows(within, account.id, null))
        await dropWrap(within, account.id, passkeySlot(passkey));
      await deps.sessions.end(within, account.id);
      const letter = {
        template: "recovery-notice",
        to: addresses.open(account.email_sealed),
        fields: {},
      };
      await enqueueLetter(within, deps.letterKey, letter, { account: account.id });
      return deps.sessions.begin(within, account.id, body.label);
    });
    if (token === null) return refuse({ type: "RecoveryRefused" });
    cookies.set(token);
    return ok({});
  });
}

const sheetOf = (account: AccountRow): string => account.recovery_key.toString("base64url");

function isSigned(signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, key);
  } catch {
    return false;
  }
}
