/** What the server makes of an employer's mark, so that its database alone can't be asked who works where. */
import { createHmac } from "node:crypto";
import { base64urlToBytes } from "#platform/bytes.ts";
import { reveal } from "#platform/redacted.ts";
import type { CirclesDeps } from "./deps.ts";

/** `mark` as the device sent it, null for whoever doesn't mind. */
export const keyedEmployer = (
  { employerKey }: Pick<CirclesDeps, "employerKey">,
  mark: string | null,
): Buffer | null =>
  mark === null
    ? null
    : createHmac("sha256", reveal(employerKey)).update(base64urlToBytes(mark)!).digest();
