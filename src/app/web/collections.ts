/** Every collection that this version of the app keeps in a member's safe; the server sees none of these names. */
export const COLLECTIONS = [
  "check-in",
  "path",
  "match",
  "settings",
  "safety-plan",
  "space",
  /** Where the stewards' logs ended when they were last checked. */
  "log-heads",
  /** Passes that are issued to the account. */
  "wallet",
  /** Whatever follows a nameless act, in one record: of the circles, and which pseudonym goes on. */
  "late",
  /** What another device wrote over: kept, never shown without being asked for. */
  "set-aside",
] as const;
