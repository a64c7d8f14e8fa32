/** Addresses of invented people: only domains that RFC 2606 keeps from ever being anybody's. */
import * as v from "valibot";
import { emailField } from "#identity/account.ts";

export const inventedEmail = v.pipe(
  emailField,
  v.check((email) => /[@.]example\.(com|net|org)$/.test(email), "not an example address"),
);
