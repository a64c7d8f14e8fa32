import { sha256 } from "@noble/hashes/sha2.js";
import { expect, test } from "vitest";
import { bytesToBase64url, framedBytes } from "#platform/bytes.ts";
import {
  add,
  CIRCLE,
  digest,
  doctor,
  doctors,
  entryBy,
  formedRoom,
  openedBy,
  removalOf,
  rotate,
  TODAY,
  type Doctor,
} from "../../../tests/circle-room.ts";
import { wireBytes } from "./entry.ts";
import { areWrapsOf, makeEpoch, openEpoch, rotationDue, rotationTurn } from "./epoch.ts";
import { memberKeys } from "./member-keys.ts";
import { membersOf } from "./member-log.ts";
import { hpke } from "./web/hpke.ts";

const all = doctors(8);
const six = all.slice(0, 6);
const [a, b, c] = six as [Doctor, Doctor, Doctor];

test("every member opens the epoch's key, on any device and whenever they come back", async () => {
  const room = formedRoom(six);
  const { key } = await rotate(room, a);
  for (let week = 1; week <= 4; week++) await rotate(room, b, `2027-02-0${week}`);
  for (const member of six)
    expect(await openedBy(room, member, 1)).toEqual({ ok: true, value: key });
  const onAnotherDevice = doctor(a.number);
  for (const number of [5, 1, 3])
    expect(await openedBy(room, onAnotherDevice, number)).toMatchObject({ ok: true });
});

test("whoever comes later, was removed or never sat there opens nothing", async () => {
  const room = formedRoom(six);
  await rotate(room, a);
  const late = all[6]!;
  add(room, entryBy(room, late, { kind: "joined", day: TODAY, seat: late.seat }));
  await rotate(room, b);
  add(room, removalOf(room, c));
  await rotate(room, a);
  expect(await openedBy(room, late, 1)).toMatchObject({ refusal: { type: "NotInEpoch" } });
  expect(await openedBy(room, late, 2)).toMatchObject({ ok: true });
  expect(await openedBy(room, c, 2)).toMatchObject({ ok: true });
  expect(await openedBy(room, c, 3)).toMatchObject({ refusal: { type: "NotInEpoch" } });
  expect(await openedBy(room, doctor(99), 3)).toMatchObject({ refusal: { type: "NotInEpoch" } });
  expect(await openedBy({ ...room, wraps: [...room.wraps, []] }, a, 4)).toMatchObject({
    refusal: { type: "NotInEpoch" },
  });
});

test("one wrap more, one less, another order or another wrap is refused", async () => {
  const room = formedRoom(six);
  const { wraps, key, entry } = await rotate(room, a);
  const extra = bytesToBase64url(
    await hpke.seal(doctor(99).keys.hpke.publicKey, { info: key, aad: key }, key),
  );
  for (const wrong of [
    [...wraps, extra],
    wraps.slice(0, 5),
    [wraps[1]!, wraps[0]!, ...wraps.slice(2)],
    [extra, ...wraps.slice(1)],
  ]) {
    expect(areWrapsOf(entry, wrong)).toBe(false);
    expect(await openEpoch(room.log, 1, wrong, a.keys, hpke)).toMatchObject({
      refusal: { type: "WrapsWrong" },
    });
  }
});

test("an extra wrap is refused also where the maker signed for it", async () => {
  const room = formedRoom(six);
  const { entry, wraps } = await rotate(formedRoom(six), a);
  const extra = [...wraps, wraps[0]!];
  const hashed = sha256(framedBytes("callroom/v1/circle-wraps", ...extra.map(wireBytes)));
  const { kind, number, day, reason, members, commitment } = entry;
  const wrapsHash = bytesToBase64url(hashed);
  const content = { kind, number, day, reason, members, commitment, wrapsHash } as const;
  add(room, entryBy(room, a, content));
  expect(await openEpoch(room.log, 1, extra, b.keys, hpke)).toMatchObject({
    refusal: { type: "WrapsWrong" },
  });
});

test("a maker who seals another key to one member is found out, and that member rotates again", async () => {
  const room = formedRoom(six);
  let at = 0;
  const unfair = {
    ...hpke,
    seal: (publicKey: Uint8Array, bound: Parameters<typeof hpke.seal>[1], plain: Uint8Array) =>
      hpke.seal(publicKey, bound, at++ === 1 ? digest("another key") : plain),
  };
  const made = await makeEpoch(
    room.log,
    a.keys,
    { reason: "membership", day: TODAY, key: digest("key") },
    unfair,
  );
  add(room, made.entry);
  room.wraps.push(made.wraps);
  expect(await openedBy(room, c, 1)).toMatchObject({ ok: true });
  expect(await openedBy(room, b, 1)).toMatchObject({ refusal: { type: "CouldNotBeOpened" } });
  expect((await rotate(room, b)).entry.reason).toBe("repair");
  expect(await openedBy(room, b, 2)).toMatchObject({ ok: true });
});

test("a wrap is bound to its circle, epoch, member and place in the log", async () => {
  const room = formedRoom(six);
  const made = await rotate(room, a);
  await rotate(room, a, TODAY, made.key);
  const [first, second] = room.log.epochs;
  const mixed = { ...room.log, epochs: [first!, { ...second!, wrapsHash: first!.wrapsHash }] };
  expect(await openEpoch(mixed, 2, made.wraps, a.keys, hpke)).toMatchObject({
    refusal: { type: "CouldNotBeOpened" },
  });
  const elsewhere = { ...room.log, circle: "00000000-0000-4000-8000-000000000000" };
  const earlier = { ...room.log, epochs: [{ ...first!, before: digest("other log") }] };
  for (const log of [elsewhere, earlier])
    expect(await openEpoch(log, 1, made.wraps, a.keys, hpke)).toMatchObject({
      refusal: { type: "CouldNotBeOpened" },
    });
  const swapped = { ...a.keys, pseudonym: b.keys.pseudonym };
  expect(await openEpoch(room.log, 1, made.wraps, swapped, hpke)).toMatchObject({
    refusal: { type: "CouldNotBeOpened" },
  });
});

test("an epoch is due when the members change, and after a week", async () => {
  const room = formedRoom(six);
  expect(rotationDue(room.log, TODAY)).toBe("membership");
  await rotate(room, a);
  expect(rotationDue(room.log, TODAY)).toBeNull();
  expect(rotationDue(room.log, "2027-01-10")).toBeNull();
  expect(rotationDue(room.log, "2027-01-11")).toBe("week");
  add(room, entryBy(room, b, { kind: "named", name: "Heather" }));
  expect(rotationDue(room.log, TODAY)).toBeNull();
  add(room, entryBy(room, b, { kind: "left" }));
  expect(rotationDue(room.log, "2027-01-11")).toBe("membership");
  for (const each of [a, ...six.slice(2)]) add(room, entryBy(room, each, { kind: "left" }));
  expect(rotationDue(room.log, TODAY)).toBeNull();
});

test("each member has a turn of their own to rotate, and another one after each entry", () => {
  const room = formedRoom(six);
  const turns = () => six.map(({ keys }) => rotationTurn(room.log, keys.pseudonym));
  const before = turns();
  expect(before.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
  const seen = new Set([before.join()]);
  for (let number = 1; number <= 4; number++) {
    add(room, entryBy(room, a, { kind: "met", number }));
    seen.add(turns().join());
  }
  expect(seen.size).toBeGreaterThan(2);
  expect(membersOf(room.log)).toHaveLength(6);
});

test("keys come of the wallet and the slot alone, and differ between circles", () => {
  const walletSecret = digest("wallet");
  const slot = (name: string) => ({
    period: { purpose: "circle-badge", name } as const,
    number: 0,
  });
  const keys = memberKeys(walletSecret, slot("2027-01"));
  expect(memberKeys(walletSecret, slot("2027-01"))).toEqual(keys);
  const later = memberKeys(walletSecret, slot("2027-04"));
  expect(later.pseudonym).not.toBe(keys.pseudonym);
  expect(later.hpke.secret).not.toEqual(keys.hpke.secret);
  expect(keys.hpke.secret).not.toEqual(keys.signing);
  expect(wireBytes(keys.pseudonym)).toHaveLength(32);
  expect(CIRCLE).toHaveLength(36);
});
