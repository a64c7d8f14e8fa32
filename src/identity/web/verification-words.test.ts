import { expect, test } from "vitest";
import { REFUSAL_REASONS, VERIFICATION_STATES, VERIFICATION_WAYS } from "../verification.ts";
import { lookVouch } from "../verification-contract.ts";
import { words } from "./verification-words.ts";

const isSentence = (text: string | undefined) => /^\p{Lu}.+\.$/u.test(text ?? "");

test("every reason for a no says what it is and what to do, and no two say the same", () => {
  const said = REFUSAL_REASONS.map((reason) => words.reasons[reason]);
  for (const each of said) {
    expect(isSentence(each?.what)).toBe(true);
    expect(isSentence(each?.wayBack)).toBe(true);
  }
  expect(new Set(said.map(({ what }) => what)).size).toBe(REFUSAL_REASONS.length);
});

test("every way has a name, says what it tells to whom, and what follows", () => {
  for (const way of VERIFICATION_WAYS) {
    const { title, about, asked, verified } = words.ways[way];
    expect(title).toMatch(/^\p{Lu}/u);
    for (const each of [about, asked, verified]) expect(isSentence(each)).toBe(true);
  }
});

test("every state has its words on the page and on the account's", () => {
  for (const state of VERIFICATION_STATES) {
    expect(isSentence(words.leads[state])).toBe(true);
    expect(isSentence(words.section.states[state])).toBe(true);
  }
});

test("every refusal of vouching has a sentence of its own", () => {
  for (const refusal of Object.keys(lookVouch.refusals))
    expect(isSentence(words.vouch.refusals[refusal])).toBe(true);
});

test("of a hospital's mailbox it is said that the hospital reads it", () => {
  expect(words.ways["institution-mail"].about).toContain("can read");
  expect(words.mail.warning).toContain("sees that a letter came");
});
