/** The room as a whole under random histories: members come and go, devices write at once and with stale logs. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Bytes } from "#platform/bytes.ts";
import {
  add,
  CIRCLE,
  digest,
  doctors,
  entryBy,
  formedRoom,
  idOf,
  openedBy,
  removalOf,
  say,
  TODAY,
  trust,
  view,
  type Doctor,
  type Room,
} from "../../../tests/circle-room.ts";
import { makeEpoch, rotationDue } from "./epoch.ts";
import { extendMemberLog, memberLogHead, membersOf, readMemberLog } from "./member-log.ts";
import { openMessage } from "./message.ts";
import type { MemberLogEntry, SealedMessage } from "./wire.ts";
import { hpke } from "./web/hpke.ts";

const all = doctors(8);

interface Step {
  readonly does: "joins" | "leaves" | "is removed" | "rotates" | "rotates twice at once" | "speaks";
  readonly who: number;
  /** How many entries behind the device is that does it. */
  readonly behind: number;
}
const steps = fc.array(
  fc.record<Step>({
    does: fc.constantFrom(
      "joins",
      "leaves",
      "is removed",
      "rotates",
      "rotates twice at once",
      "speaks",
      "speaks",
    ),
    who: fc.nat(7),
    behind: fc.constantFrom(0, 0, 0, 1, 2),
  }),
  { minLength: 14, maxLength: 24 },
);

/** Who sits there, kept by other means than the log's. */
interface Told {
  readonly here: Set<string>;
  readonly gone: Set<string>;
  isShut: boolean;
  readonly epochs: ReadonlySet<string>[];
  readonly said: { readonly message: SealedMessage; readonly by: string; readonly text: string }[];
}

test("whatever happens, an epoch is read by those who were in it, by nobody else, and by all alike", async () => {
  let refused = 0;
  let opened = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const room = formedRoom(all.slice(0, 5));
      const told: Told = {
        here: new Set(all.slice(0, 5).map(({ keys }) => keys.pseudonym)),
        gone: new Set(),
        isShut: false,
        epochs: [],
        said: [],
      };
      for (const [at, step] of history.entries()) await take(room, told, step, at);

      expect(new Set(membersOf(room.log))).toEqual(told.here);
      expect(room.log.epochs.map(({ members }) => new Set(members))).toEqual(told.epochs);
      const read = readMemberLog(CIRCLE, room.entries, memberLogHead(room.log), trust);
      expect(read.ok && read.value).toEqual(room.log);
      for (const doctor of all) {
        const keys = await keysOf(room, doctor);
        for (const [at, members] of told.epochs.entries()) {
          const isIn = members.has(doctor.keys.pseudonym);
          expect(keys[at] !== null).toBe(isIn);
          if (!isIn) expect(await openedInAnothersPlace(room, doctor, at + 1)).toBe(false);
        }
        for (const { message, by, text } of told.said) {
          const key = keys[message.epoch - 1] ?? null;
          if (key === null) refused++;
          else {
            opened++;
            const value = { sender: by, content: { kind: "text", text } };
            expect(openMessage(view(room), key, message, 0)).toMatchObject({ ok: true, value });
          }
          const other = keys.find((each) => each !== null && each !== key);
          if (other)
            expect(openMessage(view(room), other, message, 0)).toMatchObject({
              refusal: { type: "CouldNotBeOpened" },
            });
        }
      }
    }),
    { numRuns: 15, seed: 7 },
  );
  // The histories were rich enough to tell anything.
  expect(Math.min(refused, opened)).toBeGreaterThan(20);
}, 120_000);

/** The server's part: it takes what the rules allow at its own head, and nothing else. */
async function take(room: Room, told: Told, { does, who, behind }: Step, at: number) {
  const doctor = all[who]!;
  const name = doctor.keys.pseudonym;
  const seen = behindBy(room, behind);
  switch (does) {
    case "joins": {
      const entry = entryBy(seen, doctor, { kind: "joined", day: TODAY, seat: doctor.seat });
      const may = !told.here.has(name) && !told.gone.has(name) && !told.isShut;
      if (offer(room, entry, may && isCurrent(room, seen))) told.here.add(name);
      break;
    }
    case "leaves": {
      const entry = entryBy(seen, doctor, { kind: "left" });
      if (offer(room, entry, told.here.has(name) && isCurrent(room, seen))) leave(told, name);
      break;
    }
    case "is removed":
      if (offer(room, removalOf(room, doctor), told.here.has(name))) {
        leave(told, name);
        told.isShut = true;
      }
      break;
    case "rotates":
      await rotateFrom(room, told, doctor, seen, at);
      break;
    case "rotates twice at once": {
      // The second device made its epoch before it heard of the first.
      const before = behindBy(room, 0);
      await rotateFrom(room, told, doctor, seen, at);
      const other = all[(who + 1) % all.length]!;
      await rotateFrom(room, told, other, before, at + 1000);
      break;
    }
    case "speaks": {
      const key = (await keysOf(room, doctor))[room.log.epochs.length - 1];
      const maySpeak = room.log.standings.at(-1)!.isSettled && told.here.has(name);
      if (!key || !maySpeak) break;
      const text = `message ${at}`;
      const message = say(room, doctor, key, { kind: "text", text }, idOf(at));
      told.said.push({ message, by: name, text });
    }
  }
}

async function rotateFrom(room: Room, told: Told, doctor: Doctor, seen: Room, at: number) {
  const reason = rotationDue(seen.log, TODAY) ?? "repair";
  const key: Bytes = digest(`key ${at}`);
  const made = await makeEpoch(seen.log, doctor.keys, { reason, day: TODAY, key }, hpke);
  const may = told.here.has(doctor.keys.pseudonym) && isCurrent(room, seen);
  if (!offer(room, made.entry, may)) return;
  room.wraps.push(made.wraps);
  told.epochs.push(new Set(told.here));
}

function offer(room: Room, entry: MemberLogEntry, may: boolean): boolean {
  const extended = extendMemberLog(room.log, entry, trust);
  expect(extended.ok, JSON.stringify(entry.kind)).toBe(may);
  if (extended.ok) add(room, entry);
  return extended.ok;
}

function leave(told: Told, name: string) {
  told.here.delete(name);
  told.gone.add(name);
}

const isCurrent = (room: Room, seen: Room) => room.log.hashes.length === seen.log.hashes.length;

/** The room as a device knows it that is so many entries behind; never before the formation. */
function behindBy(room: Room, behind: number): Room {
  const count = Math.max(1, room.entries.length - behind);
  const log = room.before[count] ?? room.log;
  return { ...room, entries: room.entries.slice(0, count), log };
}

const keysOf = (room: Room, doctor: Doctor): Promise<(Bytes | null)[]> =>
  Promise.all(
    room.log.epochs.map(async ({ number }) => {
      const opened = await openedBy(room, doctor, number);
      return opened.ok ? opened.value : null;
    }),
  );

/** With their own secret, but on another's wrap. */
async function openedInAnothersPlace(room: Room, doctor: Doctor, number: number) {
  const [pseudonym] = room.log.epochs[number - 1]!.members as [string];
  const opened = await openedBy(room, { ...doctor, keys: { ...doctor.keys, pseudonym } }, number);
  return opened.ok;
}

test("any entry of a log left out, doubled, moved or changed is noticed", async () => {
  const room = formedRoom(all.slice(0, 6));
  const [a, b, c] = all as [Doctor, Doctor, Doctor];
  const made = await makeEpoch(
    room.log,
    a.keys,
    { reason: "membership", day: TODAY, key: digest("k") },
    hpke,
  );
  add(room, made.entry);
  add(room, entryBy(room, b, { kind: "named", name: "Heather" }));
  add(room, entryBy(room, c, { kind: "met", number: 1 }));
  add(room, entryBy(room, b, { kind: "left" }));
  const kept = memberLogHead(room.log);
  const count = room.entries.length;
  fc.assert(
    fc.property(
      fc.nat(count - 1),
      fc.nat(count - 1),
      fc.constantFrom("out", "twice", "moved"),
      (one, other, how) => {
        const entries = [...room.entries];
        const [taken] = entries.splice(one, how === "twice" ? 0 : 1);
        if (how === "twice") entries.splice(other, 0, room.entries[one]!);
        if (how === "moved") entries.splice(other, 0, taken!);
        const isWhole = (some: readonly unknown[]) =>
          some.every((entry, at) => entry === room.entries[at]);
        fc.pre(!isWhole(entries) || entries.length !== count);
        // Also where the numbers are made to fit.
        const renumbered = entries.map((entry, at) => ({ ...entry, sequence: at + 1 }));
        for (const wrong of [entries, renumbered]) {
          expect(readMemberLog(CIRCLE, wrong, kept, trust).ok).toBe(false);
          // Whoever reads for the first time can't know that the last one is held back.
          if (!isWhole(entries)) expect(readMemberLog(CIRCLE, wrong, null, trust).ok).toBe(false);
        }
      },
    ),
    { numRuns: 25, seed: 7 },
  );
});
