/** Single invitations: a code whose hash alone is kept, sent as a letter or handed over as a link. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { ok, refuse } from "#platform/result.ts";
import { withdrawJob } from "#platform/server/db.ts";
import { mount, type Mounting } from "#platform/server/http.ts";
import { enqueueLetter } from "#platform/server/letters.ts";
import { makeCode } from "#identity/invitation.ts";
import { makeInvitations, readInvitations, withdrawInvitation } from "../contract.ts";
import { logDecision } from "./decision-store.ts";
import type { StewardshipDeps } from "./deps.ts";
import { dateOf, dateToLetter, invitationEnds } from "./policy.ts";
import { presentInvitation } from "./present.ts";
import { dropInvitation, keepInvitation, openInvitations } from "./store.ts";

export function invitingRoutes(mounting: Mounting, deps: StewardshipDeps): void {
  const { db, clock, addresses } = deps;

  mount(mounting, makeInvitations, async ({ body }) => {
    const { email, stage, show } = body;
    if (email === null && !show) return refuse({ type: "AddressNeeded" });
    const id = randomUUID();
    const code = makeCode(randomBytes);
    const link = `${deps.origin()}/join#${code}`;
    const expiresOn = invitationEnds(clock.now());
    await db.transaction().execute(async (within) => {
      await keepInvitation(within, {
        id,
        codeHash: hash(code),
        address:
          email === null ? null : { index: addresses.index(email), sealed: addresses.seal(email) },
        roles: [...new Set(body.roles)],
        stage,
        expiresOn,
        addressProven: email !== null && !show,
      });
      if (email !== null && !show) {
        const fields = { link, until: dateToLetter(expiresOn) };
        const letter = { template: "invitation", to: email, fields };
        await enqueueLetter(within, deps.letterKey, letter, { key: letterOf(id) });
      }
      if (body.roles.includes("steward"))
        await logDecision(within, clock, { kind: "steward", detail: "invited" });
    });
    return ok({ link: show ? link : null });
  });

  mount(mounting, readInvitations, async () => {
    const found = await openInvitations(db, dateOf(clock.now()));
    return ok({
      invitations: found.map((invitation) => presentInvitation(invitation, addresses)),
    });
  });

  mount(mounting, withdrawInvitation, async ({ params }) => {
    await db.transaction().execute(async (within) => {
      await dropInvitation(within, params.id);
      await withdrawJob(within, letterOf(params.id));
    });
    return ok({});
  });
}

/** A letter that has not left yet goes with its invitation. */
const letterOf = (invitation: string): string => `invitation ${invitation}`;

export const hash = (code: string): Buffer => createHash("sha256").update(code).digest();
