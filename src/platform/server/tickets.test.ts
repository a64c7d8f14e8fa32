import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { base64urlToBytes, bytesToBase64url, utf8ToBytes } from "../bytes.ts";
import { redact } from "../redacted.ts";
import { makeTickets, openBytes, sealBytes } from "./tickets.ts";

const key = redact(new Uint8Array(randomBytes(32)));
const otherKey = redact(new Uint8Array(randomBytes(32)));
const clock = { at: Date.parse("2031-03-03T12:00:00Z"), now: () => clock.at };
const tickets = makeTickets(key, clock);

test("a ticket gives back what was sealed into it, on any node with the key", () => {
  fc.assert(
    fc.property(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), (purpose, content) => {
      const ticket = tickets.seal(purpose, content, 60);
      expect(makeTickets(key, clock).open(purpose, ticket)).toEqual(
        JSON.parse(JSON.stringify(content)),
      );
    }),
    { numRuns: 60 },
  );
});

test("a ticket is good to its last second and no longer", () => {
  const ticket = tickets.seal("joining", { a: 1 }, 60);
  const at = clock.at;
  clock.at = at + 60_000;
  expect(tickets.open("joining", ticket)).toEqual({ a: 1 });
  clock.at = at + 60_001;
  expect(tickets.open("joining", ticket)).toBeNull();
  clock.at = at;
});

test("a ticket opens for no other purpose, however alike they are called", () => {
  const purposes = [
    "recovery",
    "recovery proven",
    "passkey",
    "passkey sign-in",
    "",
    " ",
    "Recovery",
  ];
  for (const sealedFor of purposes)
    for (const openedFor of purposes) {
      const opened = tickets.open(openedFor, tickets.seal(sealedFor, { a: 1 }, 60));
      expect([sealedFor, openedFor, opened !== null]).toEqual([
        sealedFor,
        openedFor,
        sealedFor === openedFor,
      ]);
    }
});

test("an altered, cut, foreign or made-up ticket is none", () => {
  const ticket = tickets.seal("joining", { account: "a" }, 60);
  const sealed = base64urlToBytes(ticket)!;
  for (let at = 0; at < sealed.length; at++) {
    const altered = sealed.slice();
    altered[at]! ^= 1;
    expect(tickets.open("joining", bytesToBase64url(altered))).toBeNull();
    expect(tickets.open("joining", bytesToBase64url(sealed.subarray(0, at)))).toBeNull();
  }
  const foreign = makeTickets(otherKey, clock).seal("joining", { account: "a" }, 60);
  for (const none of [foreign, "", "A", `${ticket}=`, `${ticket}AAAA`, "é"])
    expect(tickets.open("joining", none)).toBeNull();
});

test("a ticket shows nothing of what is in it but how long it is", () => {
  const [one, other] = ["a secret word", "another  word"].map((word) =>
    tickets.seal("joining", { word }, 60),
  );
  expect(one).toHaveLength(other!.length);
  expect(Buffer.from(one!, "base64url").includes("secret")).toBe(false);
  expect(tickets.seal("joining", {}, 60)).not.toBe(tickets.seal("joining", {}, 60));
});

test("sealed bytes that are no ticket don't open as one, though the key were the same", () => {
  const forged = utf8ToBytes(JSON.stringify({ until: clock.at + 1e9, content: { account: "a" } }));
  for (const purpose of ["letter", "address", "joining", "ticket"]) {
    const sealed = bytesToBase64url(sealBytes(key, purpose, forged));
    expect(tickets.open("joining", sealed)).toBeNull();
  }
});

test("sealed bytes open with their key and purpose alone, empty ones too", () => {
  for (const plain of [new Uint8Array(0), utf8ToBytes("words"), new Uint8Array(5000)]) {
    const sealed = sealBytes(key, "address", plain);
    expect(openBytes(key, "address", sealed)?.equals(plain)).toBe(true);
    expect(openBytes(key, "letter", sealed)).toBeNull();
    expect(openBytes(otherKey, "address", sealed)).toBeNull();
    expect(openBytes(key, "address", sealed.subarray(0, 27))).toBeNull();
  }
});
