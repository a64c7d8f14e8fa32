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
  /** Passes, the head of the key log, and which pseudonym goes on. */
  "wallet",
  /** Of the circles: which pseudonym, where a member log ended, what was read. Written late. */
  "circle",
  /** What another device wrote over: kept, never shown without being asked for. */
  "set-aside",
] as const;
