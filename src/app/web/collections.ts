/** Every collection that this version of the app keeps in a member's safe; the server sees none of these names. */
export const COLLECTIONS = [
  "check-in",
  "path",
  "match",
  "settings",
  "safety-plan",
  "exercises",
  /** What was taken on in exercises: to try, to do, or to see again on its day. */
  "promoted",
  /** Questionnaires that were filled in. */
  "instruments",
  /** What happened when, as the person marked it. */
  "events",
  "journal",
  /** What was read of Learn, and where one stopped. */
  "learn",
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
