/** The only way the issuing side's rows leave the server, field by field. */
import { bytesToBase64url } from "#platform/bytes.ts";
import type { Due } from "../due.ts";
import type { IssuerKeyRow } from "./issue-store.ts";

export const presentKey = ({ period, spki, closed }: IssuerKeyRow) => ({
  purpose: period.purpose,
  name: period.name,
  issuedFrom: period.issuedFrom,
  issuedUntil: period.issuedUntil,
  beginsFrom: period.beginsFrom,
  beginsUntil: period.beginsUntil,
  endsOn: period.endsOn,
  spki: bytesToBase64url(spki),
  closed,
});

export const presentDue = ({ purpose, name, slots }: Due) => ({ purpose, name, slots: [...slots] });
