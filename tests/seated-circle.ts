/** A circle that was formed on the test server, and its members' devices, which do what honest ones do. */
import { randomBytes } from "node:crypto";
import { readMyPlace } from "#circles/contract.ts";
import { extendRoomLog, postMessage, readRoom } from "#circles/room-contract.ts";
import { signedEntry, type SignedContent } from "#circles/room/entry.ts";
import { makeEpoch } from "#circles/room/epoch.ts";
import { memberLogHead, readMemberLog, type MemberLog } from "#circles/room/member-log.ts";
import { veilOf } from "#circles/room/mark.ts";
import { sealMessage } from "#circles/room/message.ts";
import { hpke } from "#circles/room/web/hpke.ts";
import type { MemberLogEntry, SealedMessage } from "#circles/room/wire.ts";
import { today } from "#circles/server/deps.ts";
import { seatTogether } from "#circles/server/forming.ts";
import { trustNow } from "#circles/server/rooms.ts";
import { waitingToSeat } from "#circles/server/waiting-store.ts";
import type { WaitingForm } from "#circles/waiting.ts";
import { headOf } from "#pass/key-log.ts";
import { bytesToBase64url, type Bytes } from "#platform/bytes.ts";
import { FIRST_DAY, type Doctor, type TestCircles, type Told } from "./circles.ts";

export interface SeatedCircle {
  readonly circle: string;
  /** In the order of their seats, as the visits are. */
  readonly members: readonly Doctor[];
  readonly visits: readonly string[];
  /** The key of the epoch that was made last; whoever makes one elsewhere sets it. */
  key: Bytes;
  readonly log: (by?: number) => Promise<MemberLog>;
  readonly extend: (
    by: number,
    content: SignedContent,
    wraps?: string[],
  ) => Promise<Told<typeof extendRoomLog>>;
  readonly rotate: (
    by: number,
    reason?: "membership" | "week",
  ) => Promise<Told<typeof extendRoomLog>>;
  readonly sealed: (by: number, text: string, log?: MemberLog) => Promise<SealedMessage>;
  /** That member's, for the message. */
  readonly veil: (by: number, message: Pick<SealedMessage, "id">) => string;
  readonly hand: (by: number, message: SealedMessage) => Promise<Told<typeof postMessage>>;
  readonly post: (by: number, text: string) => Promise<Told<typeof postMessage>>;
}

const fresh = (length: number): Bytes => new Uint8Array(randomBytes(length));

/** Nobody else may be waiting. At once, without the search for who fits whom. */
export async function seatCircle(
  circles: TestCircles,
  people: number,
  form?: Partial<WaitingForm>,
): Promise<SeatedCircle> {
  const { doctor, wait } = circles;
  const doctors = Array.from({ length: people }, () => doctor());
  const visits = await Promise.all(doctors.map((each) => wait(each, form)));
  const deps = circles.deps();
  const isSeated = await seatTogether(deps, await waitingToSeat(deps.db, today(deps.clock)));
  if (!isSeated) throw new Error("Somebody waits no more");
  return circleOf(circles, doctors, visits);
}

/** Of members who sit in one circle, with a visit each. */
export async function circleOf(
  circles: TestCircles,
  doctors: readonly Doctor[],
  waited: readonly string[],
): Promise<SeatedCircle> {
  const { ask } = circles;
  const places = await Promise.all(waited.map((visit) => ask(readMyPlace, { visit })));
  const seats = places
    .map(({ answer }, at) => ({ at, number: answer!.seat!.number! }))
    .toSorted((one, other) => one.number - other.number);
  const members = seats.map(({ at }) => doctors[at]!);
  const visits = seats.map(({ at }) => waited[at]!);
  const { circle } = places[0]!.answer!.seat!;

  async function log(by = 0): Promise<MemberLog> {
    const { answer } = await ask(readRoom, { visit: visits[by]!, logAfter: 0, epochsFrom: 1 });
    const read = readMemberLog(circle, answer!.log, null, await trustNow(circles.deps()));
    if (!read.ok) throw new Error(read.refusal.type);
    return read.value;
  }

  const seated: SeatedCircle = {
    circle,
    members,
    visits,
    key: new Uint8Array(0),
    log,
    extend: async (by, content, wraps = []) => {
      const head = memberLogHead(await log(by));
      const entry: MemberLogEntry = signedEntry(circle, head, members[by]!.keys, content);
      return ask(extendRoomLog, { visit: visits[by]!, entry, wraps });
    },
    rotate: async (by, reason = "membership") => {
      const key = fresh(32);
      const of = { reason, day: FIRST_DAY, key };
      const { entry, wraps } = await makeEpoch(await log(by), members[by]!.keys, of, hpke);
      const told = await ask(extendRoomLog, { visit: visits[by]!, entry, wraps: [...wraps] });
      if (told.status === 200) seated.key = key;
      return told;
    },
    sealed: async (by, text, known) => {
      const view = { log: known ?? (await log(by)), keyLog: headOf(circles.issuer.log) };
      const minute = Math.floor(circles.deps().clock.now() / 60_000);
      const making = { id: fresh(16), frankingKey: fresh(32), minute };
      const content = { kind: "text", text } as const;
      const message = sealMessage(view, members[by]!.keys, seated.key, content, making);
      if (!message.ok) throw new Error(message.refusal.type);
      return message.value;
    },
    veil: (by, { id }) => bytesToBase64url(veilOf(members[by]!.keys, circle, id)),
    hand: (by, message) =>
      ask(postMessage, { visit: visits[by]!, veil: seated.veil(by, message), message }),
    post: async (by, text) => seated.hand(by, await seated.sealed(by, text)),
  };
  return seated;
}
