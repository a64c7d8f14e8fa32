import { expect, test } from "vitest";
import { placeholdersIn, writeLetter, type Letter } from "./letter.ts";

const letter: Letter = {
  kind: "letter",
  id: "held",
  version: 1,
  purpose: "for a test",
  subject: "A time is held",
  body: ["{when}", "Go to {address} for {when}."],
  fills: ["when", "address"],
};

test("a letter is filled in and its paragraphs are parted", () => {
  const written = writeLetter(letter, { when: "Monday", address: "room.example.org" });
  expect(written).toEqual({
    ok: true,
    value: { subject: "A time is held", text: "Monday\n\nGo to room.example.org for Monday.\n" },
  });
});

test("a letter with a place left open is not written", () => {
  expect(writeLetter(letter, { when: "Monday" })).toEqual({
    ok: false,
    refusal: { type: "PlaceholderMissing", name: "address" },
  });
});

test("what is filled in stays on its line and is not filled in again", () => {
  const written = writeLetter(letter, { when: "Mon\r\nBcc: x@example.org", address: "{when}" });
  expect(written.ok && written.value.text).toBe(
    "Mon Bcc: x@example.org\n\nGo to {when} for Mon Bcc: x@example.org.\n",
  );
});

test("every place is known once", () => {
  expect(placeholdersIn(letter)).toEqual(["when", "address"]);
});
