import { readFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import * as v from "valibot";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { add, doctors, entryBy, formedRoom, type Doctor } from "../../../tests/circle-room.ts";
import { checkName, shownNames } from "./own-name.ts";
import { circleNamesSchema, pseudonymNames } from "./pseudonym-name.ts";

const file = join(import.meta.dirname, "../../../content/circles/names.yaml");
const names = v.parse(circleNamesSchema, parse(readFileSync(file, "utf8")));
const six = doctors(6);
const [a, b, c] = six as [Doctor, Doctor, Doctor];

const refusalOf = (name: string, others: readonly string[] = []) => {
  const checked = checkName(name, others);
  return checked.ok ? null : checked.refusal.type;
};

test("a name is letters of one script, with little between them", () => {
  for (const name of [
    "Zoë",
    "Dr. Ash",
    "Anne-Marie",
    "O'Dell",
    "Über 9",
    "Ναυσικά",
    "山本",
    "さくらの花",
    "नीलम",
  ])
    expect(refusalOf(name.normalize("NFC")), name).toBeNull();
  for (const name of [
    "A",
    "12",
    "a\u200bb",
    "\u202eabc",
    "a  b",
    " ab",
    "ab ",
    "<b>x</b>",
    "Pаul",
    "🙂🙂",
    "x".repeat(25),
    "Zoe\u0308",
    "\ud800ab",
  ])
    expect(refusalOf(name), name).toBe("NotAName");
});

test("a name that could be read as another's is refused", () => {
  for (const name of [
    "quiet heron",
    "QuietHeron",
    "Quiet Hero",
    "Quiet Herom",
    "Qu1et Her0n",
    "Quíet Hérön",
    "Quiet Heron 2",
    "The Quiet Heron",
    "Quiet",
  ])
    expect(refusalOf(name, ["Quiet Heron"]), name).toBe("TooAlike");
  expect(refusalOf("Сома", ["Coma"])).toBe("TooAlike");
  expect(refusalOf("Marn", ["Mam"])).toBe("TooAlike");
  expect(refusalOf("Golden Finch", ["Quiet Heron"])).toBeNull();
});

test("nobody is called by an office", () => {
  for (const name of ["Steward", "The Facilitator", "Ca11room"])
    expect(refusalOf(name)).toBe("TooAlike");
});

test("no generated name is too like another of its circle", () => {
  for (let circle = 0; circle < 40; circle++) {
    const generated = pseudonymNames(names, randomUUID());
    for (const [seat, name] of generated.entries())
      expect(refusalOf(name, generated.toSpliced(seat, 1)), name).toBeNull();
  }
});

test("members are called as they chose, the first of two like names, and others as generated", () => {
  const room = formedRoom(six);
  const generated = pseudonymNames(names, room.log.circle);
  add(room, entryBy(room, b, { kind: "named", name: "Heather" }));
  add(room, entryBy(room, a, { kind: "named", name: "Heathor" }));
  add(room, entryBy(room, c, { kind: "named", name: generated[0]! }));
  const shown = shownNames(room.log, names);
  expect(shown.get(b.keys.pseudonym)).toBe("Heather");
  expect(shown.get(a.keys.pseudonym)).toBe(generated[0]);
  expect(shown.get(c.keys.pseudonym)).toBe(generated[2]);
  expect(new Set(shown.values()).size).toBe(6);

  add(room, entryBy(room, b, { kind: "named", name: null }));
  expect(shownNames(room.log, names).get(b.keys.pseudonym)).toBe(generated[1]);
  expect(shownNames(room.log, names).get(a.keys.pseudonym)).toBe("Heathor");
});

test("a name stays taken when its bearer has left", () => {
  const room = formedRoom(six);
  add(room, entryBy(room, b, { kind: "named", name: "Heather" }));
  add(room, entryBy(room, b, { kind: "left" }));
  add(room, entryBy(room, a, { kind: "named", name: "Heather" }));
  const shown = shownNames(room.log, names);
  expect(shown.get(b.keys.pseudonym)).toBe("Heather");
  expect(shown.get(a.keys.pseudonym)).not.toBe("Heather");
});
