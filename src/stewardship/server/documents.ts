/**
 * Documents of people who ask to be verified: sealed on their device to the stewards' key, kept sealed, in no
 * backup, and gone with the decision.
 */
import { randomUUID } from "node:crypto";
import { base64urlToBytes } from "#platform/bytes.ts";
import { ok, refuse } from "#platform/result.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import { keepAsking } from "#identity/server/verification-store.ts";
import * as contract from "../verification-contract.ts";
import type { StewardshipDeps } from "./deps.ts";
import { documentOf, keepDocument, replaceDocument } from "./queue-store.ts";
import { keyStanding } from "./steward-keys.ts";

export function documentRoutes(mounting: Mounting, { db, claims }: StewardshipDeps): void {
  mount(mounting, contract.askByDocument, async (request) => {
    const { account } = callerOf(request);
    const { licence, givenName, familyName, epoch, sealed } = request.body;
    const name = { givenName, familyName };
    return db.transaction().execute(async (within) => {
      const standing = await keyStanding(within);
      if (standing.epoch === null) return refuse({ type: "StewardsWait" });
      if (standing.epoch !== epoch) return refuse({ type: "EpochPassed" });
      const asking = randomUUID();
      const claimSealed = claims.seal({ of: "physician", licence, name });
      if (!(await keepAsking(within, { account, asking, way: "document", claimSealed })))
        return refuse({ type: "VerifiedAlready" });
      await keepDocument(within, asking, { epoch, sealed: decoded(sealed) });
      return ok({});
    });
  });

  mount(mounting, contract.readDocument, async ({ params }) => {
    const found = await documentOf(db, params.id);
    return found
      ? ok({ epoch: found.epoch, sealed: found.sealed.toString("base64url") })
      : refuse({ type: "NotFound" });
  });

  mount(mounting, contract.resealDocument, async ({ params, body }) => {
    const { epoch } = await keyStanding(db);
    if (epoch !== body.epoch) return refuse({ type: "EpochPassed" });
    const document = { epoch, sealed: decoded(body.sealed) };
    return (await replaceDocument(db, params.id, document)) ? ok({}) : refuse({ type: "NotFound" });
  });
}

const decoded = (text: string): Buffer => Buffer.from(base64urlToBytes(text)!);
