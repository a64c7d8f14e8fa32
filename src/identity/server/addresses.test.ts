import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { redact } from "#platform/redacted.ts";
import { makeAddresses } from "./addresses.ts";

const key = () => redact(new Uint8Array(randomBytes(32)));
const [indexKey, sealKey] = [key(), key()];
const addresses = makeAddresses(indexKey, sealKey);

test("an address is found by its index and read by opening its seal", () => {
  const sealed = addresses.seal("ada@clinic.example");
  expect(addresses.open(sealed)).toBe("ada@clinic.example");
  expect(addresses.index("ada@clinic.example")).toEqual(addresses.index("ada@clinic.example"));
  expect(addresses.index("ada@clinic.example")).not.toEqual(addresses.index("ben@clinic.example"));
});

test("who has the database alone can neither read an address nor look one up", () => {
  const sealed = addresses.seal("ada@clinic.example");
  expect(sealed.includes("ada")).toBe(false);
  expect(addresses.seal("ada@clinic.example").equals(sealed)).toBe(false);
  expect(makeAddresses(key(), sealKey).index("ada@clinic.example")).not.toEqual(
    addresses.index("ada@clinic.example"),
  );
});

test("an address sealed with other secrets is a defect that says so, and says no address", () => {
  const foreign = makeAddresses(key(), key()).seal("ada@clinic.example");
  expect(() => addresses.open(foreign)).toThrow(/secrets of this database/);
  expect(() => addresses.open(foreign)).not.toThrow(/ada/);
});
