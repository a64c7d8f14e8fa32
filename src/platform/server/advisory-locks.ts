/**
 * PostgreSQL's advisory locks of one number: a single space for all slices of a database, so they are counted here.
 * Those of two numbers, such as a person's, are a space of their own.
 */
export const ADVISORY_LOCKS = {
  migrations: 7_160_411,
  oneCallroom: 7_160_412,
  decisions: 7_160_413,
  registryImport: 7_160_414,
  issuerKeys: 7_160_415,
  night: 7_160_416,
} as const;
