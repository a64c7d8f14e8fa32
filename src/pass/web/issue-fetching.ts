/**
 * Fetches every pass that somebody has a right to, wanted or not, so that fetching tells nothing (rule 2). First
 * both sides' logs are read and must agree with each other and with what the vault remembers (rule 12); their head
 * is kept before anything is asked for. All of it can break off anywhere and be done again, on any device: what is
 * asked is worked out from the vault key, and comes out the same.
 */
import { readAccount } from "#identity/contract.ts";
import { base64urlToBytes, bytesToBase64url, type Bytes } from "#platform/bytes.ts";
import type { AnswerOf, WireRefusal } from "#platform/contract.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { call } from "#platform/web/api.ts";
import { callNameless } from "#platform/web/nameless.ts";
import type { Community } from "../challenge.ts";
import type { Wanted } from "../client.ts";
import {
  issuePasses,
  MOST_ISSUED_AT_ONCE,
  readKeyLogEntries,
  readNamelessKeys,
  readPassesDue,
} from "../contract.ts";
import {
  agreedKey,
  extendsHead,
  headOf,
  readKeyLog,
  type Head,
  type KeyLog,
  type KeyLogEntry,
} from "../key-log.ts";
import type { Slot } from "../slot.ts";
import { keptToHead, plainSlot, pseudonymsFor } from "../wallet.ts";
import type { KeysRead, WalletState, WalletTrouble } from "./wallet.ts";
import type { WalletKeeping } from "./wallet-keeping.ts";

/** Does the arithmetic, which takes a tenth of a second a pass, away from the page's thread. */
export interface PassMaker {
  /** 256 bytes for the issuer; null for a key that nothing can be signed with. */
  readonly blinded: (wanted: Wanted) => Promise<Bytes | null>;
  /** 386 bytes; null where the issuer answered with anything but its signature. */
  readonly finished: (wanted: Wanted, signature: Bytes) => Promise<Bytes | null>;
  readonly stop: () => void;
}

export interface Fetching {
  /** Whose safe this is: nothing is asked for in anybody else's session. */
  readonly account: string;
  readonly keeping: WalletKeeping;
  readonly maker: PassMaker;
  /** True once the safe was closed: then nothing more is asked for. */
  readonly isOver: () => boolean;
}

type Stop =
  | { readonly type: "Unread"; readonly refusal: WireRefusal }
  | { readonly type: "Trouble"; readonly trouble: WalletTrouble };

export async function fetchDue(fetching: Fetching): Promise<WalletState> {
  const done = await fetchAll(fetching);
  fetching.maker.stop();
  return stateOf(done);
}

/** Only reads and checks. The head is kept late: its owner may be acting without a name. */
export async function checkLogs(keeping: WalletKeeping): Promise<WalletState> {
  const logs = await agreedLogs(keeping);
  if (!logs.ok) return stateOf(logs);
  await keeping.keepHead(logs.value.head, logs.value.community, true);
  return stateOf(ok(keysRead(logs.value, { isVerified: false, isBehind: false })));
}

const stateOf = (done: Result<KeysRead, Stop>): WalletState => {
  if (done.ok) return done.value;
  const { refusal } = done;
  return refusal.type === "Unread"
    ? { at: "unread", refusal: refusal.refusal }
    : { at: "trouble", trouble: refusal.trouble };
};

async function fetchAll(fetching: Fetching): Promise<Result<KeysRead, Stop>> {
  const logs = await agreedLogs(fetching.keeping);
  if (!logs.ok) return logs;
  // Looked at only now: another may have signed in from another tab.
  const account = await call(readAccount, {});
  if (!account.ok) return unread(account.refusal);
  if (account.value.id !== fetching.account || fetching.isOver()) return notOurs();
  await fetching.keeping.keepHead(logs.value.head, logs.value.community, false);
  const asked = await call(readPassesDue, {});
  if (!asked.ok) return unread(asked.refusal);
  const { state, due } = asked.value;
  const slots = due.flatMap(({ purpose, name, slots: numbers }) =>
    numbers.map((number): Slot => ({ period: { purpose, name }, number })),
  );
  const fetched = await fetchSlots(fetching, logs.value, slots);
  if (!fetched.ok) return fetched;
  const { isBehind } = fetched.value;
  return ok(keysRead(logs.value, { isVerified: state === "due", isBehind }));
}

const keysRead = (
  { log: keyLog, community, crowds, closed }: Logs,
  said: Pick<KeysRead, "isVerified" | "isBehind">,
): KeysRead => ({ at: "read", ...said, keyLog, community, crowds, closed });

// The logs ------------------------------------------------------------------------------------------

interface Logs {
  readonly log: KeyLog;
  readonly community: Community;
  readonly head: Head;
  readonly kept: Head;
  readonly nameless: Head;
  readonly crowds: KeysRead["crowds"];
  readonly closed: KeysRead["closed"];
}

/** What was kept is read first and the named side last: a key that is logged meanwhile makes none of them wrong. */
async function agreedLogs(keeping: WalletKeeping): Promise<Result<Logs, Stop>> {
  const kept = await keeping.head();
  const nameless = await callNameless(readNamelessKeys, {});
  if (!nameless.ok) return unread(nameless.refusal);
  const named = await call(readKeyLogEntries, {});
  if (!named.ok) return unread(named.refusal);
  const { community, entries } = named.value;
  const read = readKeyLog(entries.map(toEntry));
  if (!read.ok) return trouble(read.refusal.type);
  const log = read.value;
  const before = kept === null ? { length: 0, hash: log.hashes[0]! } : keptToHead(kept);
  const goesOn = extendsHead(log, before);
  if (!goesOn.ok) return trouble(goesOn.refusal.type);
  // Names of their own would mark somebody's passes, as a key of their own would.
  for (const known of [kept, nameless.value.community])
    if (known !== null && !isSameCommunity(known, community)) return trouble("OtherNames");
  const other = keptToHead(nameless.value);
  if (!extendsHead(log, other).ok) return trouble("SidesDiffer");
  return ok({
    log,
    community,
    head: headOf(log),
    kept: before,
    nameless: other,
    crowds: nameless.value.crowds,
    closed: entries.filter((entry) => entry.closed),
  });
}

type WireEntry = AnswerOf<typeof readKeyLogEntries>["entries"][number];

// Nonsense in place of base64url is no key of ours.
const toEntry = ({ spki, ...entry }: WireEntry): KeyLogEntry => {
  const { purpose, name, issuedFrom, issuedUntil, beginsFrom, beginsUntil, endsOn } = entry;
  const period = { purpose, name, issuedFrom, issuedUntil, beginsFrom, beginsUntil, endsOn };
  return { period, spki: base64urlToBytes(spki) ?? new Uint8Array(0) };
};

const isSameCommunity = (kept: Community, community: Community): boolean =>
  kept.issuerName === community.issuerName && kept.originInfo === community.originInfo;

// The passes ----------------------------------------------------------------------------------------

interface Asking {
  readonly slot: Slot;
  readonly bornIn: Slot;
  readonly wanted: Wanted;
}

/** `isBehind`: the nameless side doesn't know all of the keys yet. */
async function fetchSlots(
  fetching: Fetching,
  logs: Logs,
  slots: readonly Slot[],
): Promise<Result<{ readonly isBehind: boolean }, Stop>> {
  const { keeping } = fetching;
  const heads = { kept: logs.kept, named: logs.head, nameless: logs.nameless };
  const isAgreed = ({ period }: Slot) => agreedKey(logs.log, heads, period).ok;
  const agreed = slots.filter(isAgreed).toSorted(byPeriod);
  const missing = () => agreed.filter((slot) => !isHeld(keeping, slot));
  const renewal = await keeping.renewal();
  const walletSecret = await keeping.secret();
  const asking = (slot: Slot, bornIn: Slot): Asking => {
    const key = agreedKey(logs.log, heads, slot.period);
    if (!key.ok) throw new Error("Only keys that everybody agrees on are asked for passes");
    const { community } = logs;
    const wanted = { walletSecret, community, key: key.value, number: slot.number, bornIn };
    return { slot, bornIn, wanted };
  };

  for (let waiting = missing(); waiting.length > 0; waiting = missing()) {
    const [first] = waiting;
    const before = waiting.length;
    // A badge may renew the one of the period before, which has to be here first.
    const together = waiting
      .filter(({ period }) => period.name === first!.period.name)
      .slice(0, MOST_ISSUED_AT_ONCE);
    const askings = together.map((slot) =>
      asking(slot, pseudonymsFor(slot, keeping.passes(), renewal)[0]!),
    );
    const issued = await issue(fetching, askings);
    if (!issued.ok) return issued;
    if (issued.value === "another") {
      // One of our other devices asked for another pseudonym. It may have told us which meanwhile.
      await keeping.catchUp();
      const found = await findOut(
        fetching,
        together.filter((slot) => !isHeld(keeping, slot)),
        asking,
      );
      if (!found.ok) return found;
    }
    if (missing().length >= before) throw new Error("A pass was kept and is not there");
  }
  return ok({ isBehind: agreed.length < slots.length });
}

/** One slot after the other, for each pseudonym that it may have been asked for. */
async function findOut(
  fetching: Fetching,
  slots: readonly Slot[],
  asking: (slot: Slot, bornIn: Slot) => Asking,
): Promise<Result<null, Stop>> {
  const { keeping } = fetching;
  const renewal = await keeping.renewal();
  for (const slot of slots) {
    let found = false;
    for (const bornIn of pseudonymsFor(slot, keeping.passes(), renewal)) {
      const issued = await issue(fetching, [asking(slot, bornIn)]);
      if (!issued.ok) return issued;
      found = issued.value === "issued";
      if (found) break;
    }
    if (!found) return trouble("NotOurs");
  }
  return ok(null);
}

/** Asks for all of them in one request, and keeps what comes. */
async function issue(
  { keeping, maker, isOver }: Fetching,
  askings: readonly Asking[],
): Promise<Result<"issued" | "another", Stop>> {
  const requests = [];
  for (const { slot, wanted } of askings) {
    const blinded = await maker.blinded(wanted);
    if (blinded === null) return trouble("EntryWrong");
    const { purpose, name } = slot.period;
    requests.push({ purpose, name, slot: slot.number, blinded: bytesToBase64url(blinded) });
  }
  if (isOver()) return notOurs();
  const issued = await call(issuePasses, { body: { requests } });
  if (!issued.ok)
    return issued.refusal.type === "AnotherRequest" ? ok("another") : unread(issued.refusal);
  for (const [at, { slot, bornIn, wanted }] of askings.entries()) {
    const signature = base64urlToBytes(issued.value.signatures[at] ?? "");
    const pass = signature && (await maker.finished(wanted, signature));
    if (pass === null) return trouble("WrongSignature");
    await keeping.keepPass({
      kind: "pass",
      period: wanted.key.period,
      number: slot.number,
      bornIn: plainSlot(bornIn),
      pass: bytesToBase64url(pass),
    });
  }
  return ok("issued");
}

const isHeld = (keeping: WalletKeeping, { period, number }: Slot): boolean =>
  keeping
    .passes()
    .some(
      (pass) =>
        pass.number === number &&
        pass.period.purpose === period.purpose &&
        pass.period.name === period.name,
    );

const byPeriod = (one: Slot, other: Slot): number => (one.period.name < other.period.name ? -1 : 1);

const trouble = (what: WalletTrouble) => refuse({ type: "Trouble", trouble: what } as const);
const unread = (refusal: WireRefusal) => refuse({ type: "Unread", refusal } as const);
const notOurs = () => unread({ type: "NotSignedIn" });
