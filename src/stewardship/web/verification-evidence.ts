/** What speaks for an asking, told in words; and which reasons can be given against it. */
import {
  REFUSAL_REASONS,
  type RefusalReason,
  type VerificationWay,
} from "#identity/verification.ts";
import type { AnswerOf } from "#platform/contract.ts";
import type { readVerifications } from "../verification-contract.ts";
import { words } from "./verification-words.ts";

type Queue = AnswerOf<typeof readVerifications>;
export type Verification = Queue["verifications"][number];
type Registered = NonNullable<Verification["registry"]>;

/** An NPI that no registry here knows about is looked up by hand. */
export const lookUpAddress = (npi: string): string =>
  `https://npiregistry.cms.hhs.gov/provider-view/${encodeURIComponent(npi)}`;

export function registryText(registered: Registered): string {
  const text = words.queue;
  if (!registered.found) return text.notFound;
  const { givenName, familyName, nameMatches, physician, student } = registered;
  const profession = physician ? text.physician : student ? text.student : text.otherProfession;
  return `${text.found(text.name(givenName, familyName), nameMatches)} ${profession}`;
}

/** A reason that only one way can have is offered for that way alone. Null: where a verification is ended. */
export function reasonsFor(way: VerificationWay | null): readonly RefusalReason[] {
  return REFUSAL_REASONS.filter((reason) => {
    const only = ONLY_FOR[reason];
    return only === undefined || only === way;
  });
}

const ONLY_FOR: { readonly [Reason in RefusalReason]?: VerificationWay } = {
  "document-unreadable": "document",
  "document-lacks-something": "document",
  "not-on-roster": "roster",
};

/** What a steward is likely to answer, chosen beforehand; null where the evidence says nothing against. */
export function likelyReason({ licenceInUse, registry }: Verification): RefusalReason | null {
  if (licenceInUse) return "licence-in-use";
  if (registry === null) return null;
  if (!registry.found) return "number-not-found";
  if (!registry.nameMatches) return "name-differs";
  return registry.physician || registry.student ? null : "other-profession";
}
