/** What a coach's desk has to say before or beside publishing: what is still needed, what is wise, what runs out. */
import type { Hours } from "../booking/contract.ts";
import type { Profile } from "./contract.ts";
import { standingOf, type CredentialOnFile } from "./credential.ts";

export type DeskNote =
  /** Without these the stewards can't be asked to publish. */
  | "profile-needed"
  | "hours-needed"
  /** Whoever is not a verified doctor is offered to members only with a credential that holds. */
  | "credential-needed"
  | "credential-unchecked"
  | "credential-expired"
  | "credential-expires-soon"
  | "calendar-broken"
  | "calendar-wise";

export interface Desk {
  readonly kind: "physician" | "other-certified-coach";
  readonly profile: Profile | null;
  readonly credentials: readonly CredentialOnFile[];
  readonly hours: Pick<Hours, "weekly">;
  readonly calendars: readonly { readonly problem: unknown }[];
}

const NEEDED: ReadonlySet<DeskNote> = new Set(["profile-needed", "hours-needed"]);

export const isNeeded = (note: DeskNote): boolean => NEEDED.has(note);

/** `today` is the community's date, `2026-11-22`. What is needed comes first. */
export function deskNotes(desk: Desk, today: string): readonly DeskNote[] {
  const { kind, profile, credentials, hours, calendars } = desk;
  const standings = credentials.map((credential) => standingOf(credential, today));
  const says: readonly [DeskNote, boolean][] = [
    ["profile-needed", profile === null],
    ["hours-needed", hours.weekly.length === 0],
    [
      "credential-needed",
      kind === "other-certified-coach" && standings.every((standing) => standing === "expired"),
    ],
    ["credential-expired", standings.includes("expired")],
    ["credential-expires-soon", standings.includes("expires-soon")],
    ["credential-unchecked", credentials.some(({ state }) => state === "self-declared")],
    ["calendar-broken", calendars.some(({ problem }) => problem !== null)],
    ["calendar-wise", calendars.length === 0],
  ];
  return says.filter(([, isSo]) => isSo).map(([note]) => note);
}
