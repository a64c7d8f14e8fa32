/** The only way profiles leave the server: what members see, what the coach sees, what a steward checks. */
import type { Coach } from "../coach.ts";
import type { Profile } from "../contract.ts";
import { publishedCredential, type CredentialOnFile } from "../credential.ts";
import { windowsToWeeklyHours } from "../weekly-hours.ts";
import type { CredentialRow, NamedProfileRow, ProfileRow, WindowRow } from "./store.ts";

/** A credential's number stays behind. */
export const presentCard = (
  coach: NamedProfileRow & { readonly profile: Profile },
  credentials: readonly CredentialRow[],
  windows: readonly WindowRow[],
  today: string,
): Coach => ({
  id: coach.account,
  name: coach.name,
  kind: coach.kind,
  timeZone: coach.time_zone,
  weeklyHours: windowsToWeeklyHours(
    windows.map(({ day, start_minute, end_minute }) => ({
      day,
      start: start_minute,
      end: end_minute,
    })),
  ),
  credentials: credentials.map((row) => publishedCredential(presentCredential(row), today)),
  ...presentProfile(coach.profile),
});

export const presentOwnProfile = (
  coach: ProfileRow | null,
  credentials: readonly CredentialRow[],
) => ({
  state: coach?.state ?? ("draft" as const),
  kind: coach?.kind ?? ("other-certified-coach" as const),
  profile: coach?.profile ? presentProfile(coach.profile) : null,
  credentials: credentials.map(presentCredential),
  returnedBecause: coach?.returned_because ?? null,
});

export const presentToSteward = (
  coach: NamedProfileRow,
  credentials: readonly CredentialRow[],
) => ({
  id: coach.account,
  name: coach.name,
  state: coach.state,
  kind: coach.kind,
  profile: coach.profile ? presentProfile(coach.profile) : null,
  credentials: credentials.map(presentCredential),
});

function presentProfile(profile: Profile): Profile {
  const { price } = profile;
  return {
    story: profile.story,
    paths: profile.paths,
    stages: profile.stages,
    languages: profile.languages,
    specialty: profile.specialty,
    livedExperiences: profile.livedExperiences,
    styles: profile.styles,
    price: {
      currency: price.currency,
      minorUnitsPerSession: price.minorUnitsPerSession,
      freeChemistryCall: price.freeChemistryCall,
    },
    modalities: profile.modalities,
    employers: profile.employers,
  };
}

function presentCredential(row: CredentialRow): CredentialOnFile {
  return {
    granted: { body: row.body, level: row.level } as CredentialOnFile["granted"],
    number: row.number,
    expires: row.expires,
    state: row.verified ? "verified" : "self-declared",
  };
}
