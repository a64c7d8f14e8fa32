/**
 * Fetches every pass that somebody has a right to, wanted or not, so that fetching tells nothing (rule 2). First
 * both sides' logs are read and must agree with each other and with what the vault remembers (rule 12); their head
 * is kept before anything is asked for. All of it can break off anywhere and be done again, on any device: what is
 * asked is worked out from the vault key, and comes out the same.
 */
import { readAccount } from "#identity/contract.ts";
import { base64urlToBytes, bytesToBase64url, type Bytes } from "#platform/bytes.ts";
import { ok, type Result } from "#platform/result.ts";
import { call } from "#platform/web/api.ts";
import type { Wanted } from "../client.ts";
import { issuePasses, MOST_ISSUED_AT_ONCE } from "../contract.ts";
import { readPassesDue } from "../due-contract.ts";
import type { Slot } from "../slot.ts";
import { plainSlot, pseudonymsFor } from "../wallet.ts";
import { agreedLogs, keyOf, keysRead, trouble, unread, type Logs } from "./issue-logs.ts";
import { stopToState, type KeysRead, type Stop, type WalletState } from "./wallet.ts";
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

export async function fetchDue(fetching: Fetching): Promise<WalletState> {
  const done = await fetchAll(fetching);
  fetching.maker.stop();
  return done.ok ? done.value : stopToState(done.refusal);
}

/** Only reads and checks. */
export async function checkLogs(keeping: WalletKeeping): Promise<WalletState> {
  const logs = await agreedLogs(keeping);
  if (!logs.ok) return stopToState(logs.refusal);
  await keeping.keepHead(logs.value.head, logs.value.community);
  return keysRead(logs.value, { isVerified: false, isBehind: false });
}

async function fetchAll(fetching: Fetching): Promise<Result<KeysRead, Stop>> {
  const logs = await agreedLogs(fetching.keeping);
  if (!logs.ok) return logs;
  // Looked at only now: another may have signed in from another tab.
  const account = await call(readAccount, {});
  if (!account.ok) return unread(account.refusal);
  if (account.value.id !== fetching.account || fetching.isOver()) return notOurs();
  await fetching.keeping.keepHead(logs.value.head, logs.value.community);
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
  const agreed = slots.filter(({ period }) => keyOf(logs, period) !== null).toSorted(byPeriod);
  const missing = () => agreed.filter((slot) => !isHeld(keeping, slot));
  const renewal = await keeping.renewal();
  const walletSecret = await keeping.secret();
  const asking = (slot: Slot, bornIn: Slot): Asking => {
    const key = keyOf(logs, slot.period);
    if (key === null) throw new Error("Only keys that everybody agrees on are asked for passes");
    const { community } = logs;
    const wanted = { walletSecret, community, key, number: slot.number, bornIn };
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
      period: wanted.key.period,
      number: slot.number,
      bornIn: plainSlot(bornIn),
      pass: bytesToBase64url(pass),
    });
  }
  return ok("issued");
}

export const isHeld = (keeping: WalletKeeping, { period, number }: Slot): boolean =>
  keeping
    .passes()
    .some(
      (pass) =>
        pass.number === number &&
        pass.period.purpose === period.purpose &&
        pass.period.name === period.name,
    );

const byPeriod = (one: Slot, other: Slot): number => (one.period.name < other.period.name ? -1 : 1);

const notOurs = () => unread({ type: "NotSignedIn" });
