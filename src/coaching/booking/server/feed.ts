/**
 * A secret calendar address of a person's own holds. Whoever has the address sees that hours are held, and
 * nothing else; the database has only the address's hash.
 */
import { createHash, randomBytes } from "node:crypto";
import { base64urlToBytes } from "#platform/bytes.ts";
import { ok, refuse } from "#platform/result.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import type { CoachingDeps } from "../../server/deps.ts";
import { dropFeed, makeFeed, readFeed } from "../contract.ts";
import { uidFor } from "./booking-letters.ts";
import { feedFile } from "../invitation-file.ts";
import { accountByFeed, bookingsOf, dropFeedRow, keepFeed } from "./store.ts";

const SECRET_BYTES = 32;
const THIRTY_DAYS_MS = 30 * 86_400_000;

export function feedRoutes(mounting: Mounting, deps: CoachingDeps): void {
  const { db, clock } = deps;

  mount(mounting, makeFeed, async (request) => {
    const secret = randomBytes(SECRET_BYTES);
    await keepFeed(db, callerOf(request).account, hashSecret(secret));
    return ok({ path: readFeed.path.replace(":secret", secret.toString("base64url")) });
  });

  mount(mounting, dropFeed, async (request) => {
    await dropFeedRow(db, callerOf(request).account);
    return ok({});
  });

  mount(mounting, readFeed, async (request) => {
    const secret = base64urlToBytes(request.params.secret);
    const account =
      secret?.length === SECRET_BYTES ? await accountByFeed(db, hashSecret(secret)) : null;
    if (account === null) return refuse({ type: "NotFound" });
    const bookings = await bookingsOf(db, account, new Date(clock.now() - THIRTY_DAYS_MS));
    const holds = bookings
      .filter((booking) => booking.state === "confirmed")
      .map((booking) => ({
        uid: uidFor(deps.feedKey, booking.id, account),
        sequence: booking.sequence,
        start: booking.start.getTime(),
        end: booking.end.getTime(),
      }));
    return ok(feedFile(holds, clock.now()));
  });
}

const hashSecret = (secret: Uint8Array): Buffer => createHash("sha256").update(secret).digest();
