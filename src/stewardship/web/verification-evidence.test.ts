import { expect, test } from "vitest";
import { REFUSAL_REASONS, VERIFICATION_WAYS } from "#identity/verification.ts";
import {
  likelyReason,
  lookUpAddress,
  reasonsFor,
  registryText,
  type Verification,
} from "./verification-evidence.ts";

const registered = {
  found: true,
  givenName: "Juniper",
  familyName: "Saltmarsh",
  nameMatches: true,
  physician: true,
  student: false,
} as const;
const asking: Verification = {
  id: "",
  account: "",
  name: "June",
  stage: "attending",
  way: "npi",
  claim: null,
  licenceInUse: false,
  registry: registered,
  confirmedAt: null,
  vouchers: [],
  roster: null,
  documentEpoch: null,
  own: false,
};

test("the registry's entry is told as a name that fits or doesn't, and a profession", () => {
  expect(registryText(registered)).toBe("Juniper Saltmarsh: the same name. A physician.");
  expect(registryText({ ...registered, nameMatches: false, physician: false })).toBe(
    "Juniper Saltmarsh: another name than the one given. Neither a physician nor in training.",
  );
  expect(registryText({ ...registered, physician: false, student: true })).toContain("In training");
  expect(registryText({ found: false })).toBe("No entry under this number.");
});

test("every reason can be given for some way, and a document's only for a document", () => {
  const given = new Set(VERIFICATION_WAYS.flatMap((way) => reasonsFor(way)));
  expect([...given].toSorted()).toEqual([...REFUSAL_REASONS].toSorted());
  expect(reasonsFor("npi")).not.toContain("document-unreadable");
  expect(reasonsFor("document")).toContain("document-unreadable");
  expect(reasonsFor(null)).not.toContain("not-on-roster");
});

test("what speaks against an asking is the reason chosen beforehand, the licence in use first", () => {
  expect(likelyReason(asking)).toBeNull();
  expect(likelyReason({ ...asking, registry: { found: false }, licenceInUse: true })).toBe(
    "licence-in-use",
  );
  expect(likelyReason({ ...asking, registry: { found: false } })).toBe("number-not-found");
  expect(likelyReason({ ...asking, registry: { ...registered, nameMatches: false } })).toBe(
    "name-differs",
  );
  expect(likelyReason({ ...asking, registry: { ...registered, physician: false } })).toBe(
    "other-profession",
  );
});

test("the link to the public registry holds nothing but the number", () => {
  expect(lookUpAddress("2000000006")).toBe(
    "https://npiregistry.cms.hhs.gov/provider-view/2000000006",
  );
});
