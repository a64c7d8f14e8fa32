import { expect, test } from "vitest";
import { passphraseFault } from "./passphrase.ts";

const fault = (passphrase: string, about: readonly string[] = []) =>
  passphraseFault(passphrase, about);

test.each([
  "plain words kept well",
  "correct horse battery",
  "the pond behind the school",
  "Übergang am Fluß im März",
  "小さな庭に雪が降る夜の静けさ",
  "k9#Tr!mv2Lq0",
])("%s is taken", (passphrase) => {
  expect(fault(passphrase, ["ada@clinic.example", "Ada"])).toBeNull();
});

test("fewer than twelve letters are too short, counted as people count", () => {
  expect(fault("a mere eleve")).toBeNull();
  expect(fault("a mere elev")).toBe("Short");
  expect(fault("")).toBe("Short");
  // One person in white, not seven letters.
  expect(fault("👩🏽‍⚕️".repeat(1))).toBe("Short");
});

test.each([
  "aaaaaaaaaaaa",
  "abababababab",
  "abcdabcdabcd",
  "123412341234",
  "1234567890123456",
  "abcdefghijklm",
  "ABCDEFGHIJKLM",
  "qwertyuiopasdf",
  "passwordpassword",
  "password1234",
  "Password2026",
  "welcome12345",
  "hospital2026",
  "changemechangeme",
])("%s is among the first a guesser tries", (passphrase) => {
  expect(fault(passphrase)).toBe("Simple");
});

test("what is known of the person is not enough", () => {
  expect(fault("ada.lovelace2", ["ada.lovelace", "Ada"])).toBe("Simple");
  expect(fault("Ada.Lovelace99!", ["ada.lovelace"])).toBe("Simple");
  expect(fault("ada.lovelace by the sea", ["ada.lovelace"])).toBeNull();
  // A short name stands in many good passphrases.
  expect(fault("adamant trees grow", ["Ada"])).toBeNull();
});
