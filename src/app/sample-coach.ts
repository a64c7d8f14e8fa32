/**
 * One coach of the sample community, as a file in `content/sample/coaches/` and as what the loader writes.
 * Dates are counted from the day of loading, so that the sample does not grow old.
 */
import * as v from "valibot";
import { nameField } from "#identity/account.ts";
import { hoursSchema } from "#coaching/booking/contract.ts";
import type { Hours } from "#coaching/booking/contract.ts";
import { profileSchema } from "#coaching/directory/contract.ts";
import type { Profile } from "#coaching/directory/contract.ts";
import { credentialOnFileSchema } from "#coaching/directory/credential.ts";
import type { CredentialOnFile } from "#coaching/directory/credential.ts";
import { zoneField } from "#platform/wire.ts";
import { inventedEmail } from "./sample-email.ts";

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** `18:30`, in minutes after midnight; `24:00` is the next midnight. */
const timeOfDay = v.pipe(
  v.string(),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "not a time like 18:30"),
  v.transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))),
);
const window = { from: timeOfDay, to: timeOfDay };
const whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000));

export const sampleCoachFileSchema = v.strictObject({
  kind: v.literal("sample-coach"),
  version: v.literal(1),
  name: nameField,
  email: inventedEmail,
  verifiedAs: v.picklist(["physician", "other-certified-coach"]),
  timeZone: zoneField,
  profile: profileSchema,
  credentials: v.array(
    v.strictObject({
      ...v.omit(credentialOnFileSchema, ["expires"]).entries,
      /** Null: it has no end. */
      validForMonths: v.nullable(whole),
    }),
  ),
  hours: v.strictObject({
    ...v.omit(hoursSchema, ["timeZone", "weekly", "exceptions"]).entries,
    weekly: v.array(v.strictObject({ days: v.array(v.picklist(DAYS)), ...window })),
    /** No windows: a day off. */
    exceptions: v.array(
      v.strictObject({ inDays: whole, windows: v.array(v.strictObject(window)) }),
    ),
  }),
});

export interface SampleCoach {
  readonly name: string;
  readonly email: string;
  readonly timeZone: string;
  /** What the stewards found. */
  readonly kind: "physician" | "other-certified-coach";
  readonly profile: Profile;
  readonly credentials: CredentialOnFile[];
  readonly hours: Hours;
}

/** `today`: 2026-11-22. */
export function sampleCoachOn(
  today: string,
  file: v.InferOutput<typeof sampleCoachFileSchema>,
): SampleCoach {
  const { name, email, timeZone, verifiedAs, profile, credentials, hours } = file;
  const date = Temporal.PlainDate.from(today);
  const monthIn = (months: number) => date.add({ months }).toString().slice(0, 7);
  return {
    name,
    email,
    timeZone,
    kind: verifiedAs,
    profile,
    credentials: credentials.map(({ granted, number, state, validForMonths }) => ({
      granted,
      number,
      state,
      expires: validForMonths === null ? null : monthIn(validForMonths),
    })),
    hours: {
      timeZone,
      weekly: hours.weekly.flatMap(({ days, from, to }) =>
        days.map((day) => ({ day: DAYS.indexOf(day), start: from, end: to })),
      ),
      exceptions: hours.exceptions.map(({ inDays, windows }) => ({
        date: date.add({ days: inDays }).toString(),
        windows: windows.map(({ from, to }) => ({ start: from, end: to })),
      })),
      rules: hours.rules,
      cancelNoticeHours: hours.cancelNoticeHours,
    },
  };
}
