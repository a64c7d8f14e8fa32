/**
 * A circle that wasn't right: who left it of their own accord gets another badge, blindly signed, and with it
 * another pseudonym. Who was removed doesn't (rule 8). The same request is signed again, also in a later month: its
 * answer may have got lost.
 */
import { createHash } from "node:crypto";
import { base64urlToBytes, bytesToBase64url } from "#platform/bytes.ts";
import { ok, refuse } from "#platform/result.ts";
import { mount, type Mounting } from "#platform/server/http.ts";
import { parsePass } from "#pass/token.ts";
import { replaceBadge } from "../contract.ts";
import { today, type CirclesDeps } from "./deps.ts";
import { keepReplacement, placeOf, replacementOf } from "./seat-store.ts";
import { visitorOf } from "./visits.ts";

export function replacingRoutes(mounting: Mounting, deps: CirclesDeps): void {
  const { db, clock, signReplacement } = deps;

  mount(mounting, replaceBadge, async (request) => {
    const visitor = await visitorOf(deps, request);
    if (!visitor.ok) return visitor;
    const { key, badge } = visitor.value;
    if ((await placeOf(db, key))?.state !== "left") return refuse({ type: "NotLeft" });
    const { month } = request.body;
    const blinded = base64urlToBytes(request.body.blinded)!;
    const asked = createHash("sha256").update(blinded).digest();
    const before = await replacementOf(db, key);
    const isAgain = before !== null && before.month === month && asked.equals(before.request);
    if (before !== null && !isAgain) return refuse({ type: "AnotherRequest" });
    const { log } = await deps.currentLog();
    const old = monthOf(badge, log.keys);
    const signed = await signReplacement({ old, month, blinded, isAgain }, today(clock));
    if (!signed.ok) return signed;
    // What was signed leaves only after it has been written down whose it replaces.
    if (!(await keepReplacement(db, key, asked, month))) return refuse({ type: "AnotherRequest" });
    return ok({ signature: bytesToBase64url(signed.value) });
  });
}

function monthOf(
  badge: Uint8Array,
  keys: readonly {
    readonly issuer: { readonly id: Uint8Array };
    readonly period: { readonly name: string };
  }[],
): string {
  const { tokenKeyId } = parsePass(badge)!.token;
  return keys.find(({ issuer }) => Buffer.compare(issuer.id, tokenKeyId) === 0)!.period.name;
}
