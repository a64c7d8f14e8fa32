/** The only way identity's rows leave the server, field by field. */
import { presentWrap } from "#vault/server/present.ts";
import type { Role, Stage } from "../account.ts";
import type { Addresses } from "./addresses.ts";
import type { VerificationWay } from "../verification.ts";
import type { ArrivalRow, VerificationRow } from "./verification-store.ts";
import type { AccountRow, CommunityRow, InvitationRow, PasskeyRow, SessionRow } from "./store.ts";

export const presentCommunity = (community: CommunityRow | null, oneServer: boolean) => ({
  setUp: community !== null,
  name: community?.name ?? "",
  country: community?.country ?? "",
  floor: community?.floor ?? 8,
  sample: community?.sample ?? false,
  oneServer,
});

export const presentInvitation = (invitation: InvitationRow, addresses: Addresses) => ({
  email: invitation.email_sealed === null ? null : addresses.open(invitation.email_sealed),
  stage: invitation.stage as Stage | null,
  roles: invitation.roles as Role[],
});

export const presentAccount = (
  account: AccountRow,
  passkeys: readonly PasskeyRow[],
  wraps: readonly { slot: string; sealed: Buffer }[],
  addresses: Addresses,
) => ({
  id: account.id,
  name: account.name,
  stage: account.stage as Stage,
  roles: account.roles as Role[],
  email: addresses.open(account.email_sealed),
  addressConfirmed: account.address_confirmed,
  weeklyLetter: account.weekly_letter,
  timeZone: account.time_zone,
  passkeys: passkeys.map((passkey) => ({
    id: passkey.id.toString("base64url"),
    label: passkey.label,
  })),
  wraps: wraps.map(presentWrap),
});

export const presentSession = (session: SessionRow, current: string) => ({
  id: session.id,
  label: session.label,
  current: session.id === current,
});

export const presentVerification = (
  verification: VerificationRow | null,
  arrival: ArrivalRow | null,
  vouches: number,
  ways: readonly VerificationWay[],
) => ({
  state: verification?.state ?? ("none" as const),
  way: verification?.way ?? null,
  refusedFor: verification?.refused_for ?? null,
  confirmedAt: verification?.confirmed_at ?? null,
  vouches: verification?.state === "asked" && verification.way === "vouching" ? vouches : 0,
  ways: [...ways],
  arrivedWith: arrival?.kind ?? null,
});
