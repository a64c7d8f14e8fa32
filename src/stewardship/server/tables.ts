/** The stewardship schema as its migrations leave it; tests/tables.test.ts holds it to the database. */

export interface StewardshipTables {
  "stewardship.sponsor": { id: string; name: string };
}
