/** Where somebody's verification stands: asked on Today by everybody, and so apart from all that asking for it needs. */
import * as v from "valibot";
import { route } from "#platform/contract.ts";
import { REFUSAL_REASONS, VERIFICATION_STATES, VERIFICATION_WAYS } from "./verification.ts";

export const readVerification = route({
  name: "readVerification",
  about:
    "Where the caller's verification stands, and the ways that are open to them, the one that tells least first.",
  method: "GET",
  path: "/api/named/verification",
  zone: "named",
  who: "member",
  answer: v.strictObject({
    state: v.picklist(VERIFICATION_STATES),
    way: v.nullable(v.picklist(VERIFICATION_WAYS)),
    refusedFor: v.nullable(v.picklist(REFUSAL_REASONS)),
    /** Of the institution's mailbox that was confirmed; the address itself is not kept. */
    confirmedAt: v.nullable(v.string()),
    /** Of the two that are needed, while asking colleagues to vouch. */
    vouches: v.number(),
    ways: v.array(v.picklist(VERIFICATION_WAYS)),
    /** The roster that the account came with; a student's needs no claim. */
    arrivedWith: v.nullable(v.picklist(["students", "residents"])),
  }),
  refusals: {},
  perMinute: 120,
});
