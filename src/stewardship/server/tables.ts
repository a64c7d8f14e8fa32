/** Made by `npm run tables` from the migrated database; don't edit. */

export interface StewardshipTables {
  "stewardship.sponsor": { id: string; name: string };
}
