/**
 * A simulated community: doctors who come by on days of their own, fetch passes, write check-ins, wait for a circle,
 * sit in it, speak and leave. Who is behind which pseudonym is known here and nowhere else.
 */
import { readMyPlace } from "#circles/contract.ts";
import { writeRecord } from "#vault/contract.ts";
import { LONGEST_WAIT_MS, SHORTEST_WAIT_MS, WRITE_EVERY_MS } from "#vault/web/late-keeping.ts";
import { bytesToBase64url } from "#platform/bytes.ts";
import { askNameless, fetchBadges, seatOf, visit, wait, type Doctor } from "./doctor.ts";
import { ask, must, signIn } from "./member.ts";
import type { Ground } from "./nameless-ground.ts";
import { addEntry, enterRoom, hand, hear, random, sealed } from "./room.ts";

export interface LifePlan {
  /** Everybody fetches a badge on the day before. */
  readonly firstDay: string;
  readonly days: number;
  /** False in the control: nothing takes order and times away, and the safe is written at once after an act. */
  readonly isDefended: boolean;
  /** Numbers in [0, 1). */
  readonly chance: () => number;
  /** Somebody copies all files: before every night, and after it. */
  readonly onCopy: (when: "evening" | "morning") => Promise<void>;
}

export interface Lived {
  /** Accounts by pseudonym. */
  readonly truth: ReadonlyMap<string, string>;
  /** Bent time by the machine's, as both went on. */
  readonly times: readonly { readonly machine: number; readonly bent: number }[];
  readonly said: number;
}

interface Person {
  doctor: Doctor;
  /** How often they come by, and how readily they speak. */
  readonly rate: number;
  readonly talk: number;
  /** Null for those who want no circle. */
  readonly startsOn: number | null;
  hasLeft: boolean;
  readonly collection: string;
  readonly versionById: Map<string, number>;
  /** When this device wrote its late record last, and when it will again while it is open. */
  wroteAt: number;
  writesAt: number | null;
}

const DAY_MS = 24 * 3600_000;
const MINUTE_MS = 60_000;
const THEMES = ["exhaustion", "meaning", "error", "family", "workload"];
/** Evenings that many are free. */
const EVENINGS = [2, 5, 8, 11];
const DAILY = ["prepare-issuer-keys", "tell-crowds", "form-circles", "sweep-circles"];
const NIGHTLY = ["nameless-night", "named-night", "forget-times"];
const LATE = "kept late";

export async function live(ground: Ground, plan: LifePlan): Promise<Lived> {
  const { instance, doctors } = ground;
  const { chance, isDefended } = plan;
  const truth = new Map<string, string>();
  const times: { machine: number; bent: number }[] = [];
  const people = doctors.map((doctor): Person => ({
    doctor,
    rate: 0.2 + 0.5 * chance(),
    talk: 0.3 + 0.6 * chance(),
    startsOn: chance() < 0.75 ? Math.floor((chance() * plan.days) / 2) : null,
    hasLeft: false,
    collection: bytesToBase64url(random(16)),
    versionById: new Map(),
    wroteAt: 0,
    writesAt: null,
  }));
  let said = 0;

  const at = async (bent: number) => {
    await instance.setClock(bent);
    times.push({ machine: Date.now(), bent });
  };

  async function write(person: Person, id: string): Promise<void> {
    const version = (person.versionById.get(id) ?? 0) + 1;
    person.versionById.set(id, version);
    const { origin, member } = person.doctor;
    await must(
      ask(origin, writeRecord, {
        cookie: member.cookie,
        params: { collection: person.collection, id: idOf(id) },
        body: { version, sealed: bytesToBase64url(random(256)) },
      }),
    );
  }

  /** As `late-keeping.ts` does, whatever somebody is there for. */
  async function open(person: Person, now: number): Promise<void> {
    if (!isDefended) return;
    const wait = SHORTEST_WAIT_MS + chance() * (LONGEST_WAIT_MS - SHORTEST_WAIT_MS);
    person.writesAt = chance() < 0.5 ? now + wait : null;
    if (now - person.wroteAt > WRITE_EVERY_MS) await writeLate(person, now);
  }

  async function writeLate(person: Person, now: number): Promise<void> {
    person.wroteAt = now;
    await write(person, LATE);
  }

  /** In the control the safe is written as soon as something was done. */
  const afterwards = (person: Person) => (isDefended ? undefined : write(person, LATE));

  async function inCircles(person: Person, day: string): Promise<void> {
    const { doctor } = person;
    const own = seatOf(doctor);
    const ticket = await must(visit(doctor));
    truth.set(own.keys.pseudonym, doctor.member.account);
    const place = await must(askNameless(doctor, readMyPlace, { visit: ticket }));
    if (place.seat === null) {
      if (place.waiting !== null) return;
      await wait(doctor, {
        themes: some(THEMES, 2, chance),
        blocks: some(EVENINGS, 3, chance),
        stage: Math.floor(chance() * 5),
      });
      return afterwards(person);
    }
    const sitting = { doctor, own, ticket, circle: place.seat.circle };
    const room = await enterRoom(sitting, day);
    await hear(sitting, room);
    if (chance() < person.talk) {
      await must(
        hand(sitting, sealed(sitting, room, "Words.".repeat(1 + Math.floor(chance() * 60)))),
      );
      said += 1;
    }
    if (chance() < 0.02) {
      await must(addEntry(sitting, room.log, { kind: "left" }));
      person.hasLeft = true;
    }
    return afterwards(person);
  }

  async function comeBy(person: Person, now: number, nth: number): Promise<void> {
    const { doctor } = person;
    if (chance() < 0.1) {
      const { origin, email, passphrase, isQuick } = doctor.member;
      const member = (await signIn(origin, email, passphrase, isQuick))!;
      person.doctor = { ...doctor, member };
    }
    await fetchBadges(person.doctor);
    await open(person, now);
    if (chance() < 0.3) await write(person, `check-in ${now}`);
    const day = dayOf(now);
    const counts = person.doctor.badges.at(-1)?.period.beginsFrom ?? "9999";
    if (person.startsOn === null || nth < person.startsOn || person.hasLeft || counts > day) return;
    const later = now + (1 + Math.floor(chance() * 10)) * MINUTE_MS;
    await at(later);
    await inCircles(person, day);
  }

  async function night(midnight: number): Promise<void> {
    // Every twenty minutes, in a day that isn't over in a few seconds.
    if (isDefended) await instance.runTask("forget-times");
    await plan.onCopy("evening");
    await at(midnight + 3.3 * 3600_000);
    for (const task of DAILY) await instance.runTask(task);
    if (isDefended) for (const task of NIGHTLY) await instance.runTask(task);
    await plan.onCopy("morning");
  }

  const first = Date.parse(`${plan.firstDay}T00:00:00Z`);
  await night(first - DAY_MS);
  for (let nth = -1; nth < plan.days; nth++) {
    const midnight = first + nth * DAY_MS;
    const visits = people
      .filter(({ rate }) => nth === -1 || chance() < rate)
      .map((person) => ({
        person,
        at: midnight + Math.floor((7 + 15 * chance()) * 60) * MINUTE_MS,
      }));
    for (;;) {
      const late = people.flatMap((person) =>
        person.writesAt === null ? [] : [{ person, at: person.writesAt }],
      );
      const [next] = [...visits, ...late].toSorted((one, other) => one.at - other.at);
      if (next === undefined || next.at >= midnight + DAY_MS) break;
      await at(next.at);
      const visit = visits.findIndex((each) => each === next);
      if (visit === -1) {
        next.person.writesAt = null;
        await writeLate(next.person, next.at);
      } else {
        visits.splice(visit, 1);
        await comeBy(next.person, next.at, nth);
      }
    }
    await night(midnight + DAY_MS);
  }
  return { truth, times, said };
}

const dayOf = (bent: number): string => new Date(bent).toISOString().slice(0, 10);

const idOf = (text: string): string =>
  bytesToBase64url(new Uint8Array(Buffer.alloc(16, Buffer.from(text))));

function some<Item>(items: readonly Item[], count: number, chance: () => number): Item[] {
  const left = [...items];
  return Array.from(
    { length: count },
    () => left.splice(Math.floor(chance() * left.length), 1)[0]!,
  );
}
