/** The coach's own card while it is being written: what is unfinished is left out, as it would be. */
import * as v from "valibot";
import type { Stage } from "#identity/account.ts";
import { MODALITIES, PATHS } from "../coach.ts";
import { credentialSchema, type CredentialOnFile } from "../credential.ts";
import { amountTextToMinorUnits } from "../price-text.ts";
import { employerLines, formToDeclared, isVerified, type ProfileForm } from "../profile-form.ts";
import { hoursToWeeklyHours } from "../weekly-hours.ts";
import { CoachCard, type CardContent } from "./coach-card.tsx";

export interface OwnCardProps {
  readonly form: ProfileForm;
  readonly name: string;
  readonly kind: CardContent["kind"];
  readonly timeZone: string;
  readonly credentialsOnFile: readonly CredentialOnFile[];
}

export function OwnCard({ form, name, kind, timeZone, credentialsOnFile }: OwnCardProps) {
  const minorUnitsPerSession = amountTextToMinorUnits(form.amount, form.currency);
  const coach: CardContent = {
    name,
    kind,
    story: form.story,
    paths: PATHS.filter((path) => form.paths.includes(path)),
    stages: form.stages as Stage[],
    languages: [...form.languages],
    timeZone,
    // Hours have their own screen; here they would only be in the way.
    weeklyHours: hoursToWeeklyHours([]),
    specialty: form.specialty === "" ? null : form.specialty,
    livedExperiences: [...form.livedExperiences],
    styles: [...form.styles],
    price:
      minorUnitsPerSession === null
        ? null
        : {
            currency: form.currency,
            minorUnitsPerSession,
            freeChemistryCall: form.freeChemistryCall,
          },
    modalities: MODALITIES.filter((modality) => form.modalities.includes(modality)),
    employers: employerLines(form.employers),
    credentials: form.credentials.flatMap((each) => {
      const { granted, expires } = formToDeclared(each);
      const state = isVerified(each, credentialsOnFile) ? "verified" : "self-declared";
      const parsed = v.safeParse(credentialSchema, { granted, expires, state });
      return parsed.success ? [parsed.output] : [];
    }),
  };
  return <CoachCard coach={coach} zone={timeZone} level={3} />;
}
