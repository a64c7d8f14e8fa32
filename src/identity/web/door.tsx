/**
 * The door between the open pages and the rooms: who is signed in on this device, and whether their safe is
 * open. The safe locks after idle time and with the curtain; its key is then gone from this device.
 */
import {
  createContext,
  startTransition,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from "react";
import { call, onRefusal } from "#platform/web/api.ts";
import { utf8ToBytes, type Bytes } from "#platform/bytes.ts";
import {
  isWiped,
  openDevice,
  readMeta,
  readOpenKey,
  wipeDevice,
  writeMeta,
  type Device,
} from "#vault/web/device.ts";
import { deviceKey, toOpenKey, type OpenKey } from "#vault/web/keys.ts";
import { leaveBehind, openShelf, takeUp } from "#vault/web/left-behind.ts";
import { SafeContext } from "#vault/web/safe-context.tsx";
import { openSafe, type Safe } from "#vault/web/safe.ts";
import { openBound, sealBound } from "#vault/web/seal.ts";
import type { AnswerOf } from "#platform/contract.ts";
import { endSession, readAccount, readSessions } from "../contract.ts";
import { isIdle, takeArrival } from "./arrival.ts";

export type AccountShown = AnswerOf<typeof readAccount>;

export type DoorState =
  | { readonly at: "looking" }
  /** `ended`: the account whose session the server let go; what it keeps on this device is still here. */
  | { readonly at: "signed-out"; readonly ended: string | null }
  | { readonly at: "locked"; readonly account: string }
  | {
      readonly at: "open";
      readonly account: AccountShown;
      readonly safe: Safe;
      /** True where the server told of another account than this device kept, once its rooms stood open. */
      readonly isNews: boolean;
    };

export interface Door {
  readonly state: DoorState;
  /** After joining, signing in or unlocking: opens the safe on this device. */
  readonly enter: (account: string, vaultKey: Bytes) => Promise<void>;
  readonly lock: () => Promise<void>;
  /** The server no longer knows the session; what waits on this device stays for who signs in again. */
  readonly ended: () => Promise<void>;
  /** Ends this session and forgets everything on this device. */
  readonly leave: () => Promise<void>;
  /** The same for somebody else's account: what it has not sent stays, sealed, until it signs in again. */
  readonly giveWay: () => Promise<void>;
  readonly reload: () => Promise<void>;
}

/** To the other tabs of this browser. */
type TabMessage = "locked" | "ended" | "left";

const DoorContext = createContext<Door | null>(null);

const LOOK_EVERY_MS = 20_000;
const SYNC_AFTER_MS = 250;

/** `collections`: the names of all collections that this version of the app keeps in a safe. */
export function DoorProvider(props: {
  readonly collections: readonly string[];
  readonly children: ReactNode;
}) {
  const { collections, children } = props;
  const [state, setState] = useState<DoorState>({ at: "looking" });
  const device = useRef<Device | null>(null);
  const current = useRef<DoorState>(state);
  const tabs = useRef<{ postMessage: (message: TabMessage) => void }>({ postMessage: () => {} });

  const become = useCallback((next: DoorState) => {
    const before = current.current;
    if (before.at === "open" && (next.at !== "open" || next.safe !== before.safe))
      before.safe.close();
    current.current = next;
    // The first screen may still be on its way: what is shown stays until it is there.
    if (before.at === "looking") startTransition(() => setState(next));
    else setState(next);
  }, []);

  const deviceOpen = useCallback(async () => (device.current ??= await openDevice()), []);

  const endHere = useCallback(async () => {
    const { current: before } = current;
    if (before.at === "open") become({ at: "signed-out", ended: before.account.id });
    else if (before.at === "locked") become({ at: "signed-out", ended: before.account });
    try {
      await writeMeta(await deviceOpen(), "open", null);
    } catch (error) {
      if (!isWiped(error)) throw error;
    }
  }, [become, deviceOpen]);

  const openWith = useCallback(
    async (account: string, key: OpenKey) => {
      const kept = await deviceOpen();
      // What this device keeps is shown at once, as it is without a connection; the server is asked after that.
      const card = await keptAccount(kept, account, key);
      const shown = card ?? (await fetchAccount(kept, account, key));
      if (shown === null || shown === "ended") {
        await writeMeta(kept, "open", null);
        become({ at: "signed-out", ended: shown === "ended" ? account : null });
        return;
      }
      const isOurs = async (): Promise<boolean> => {
        const told = await fetchAccount(kept, account, key).catch(endedIfWiped);
        const now = current.current;
        const isOpen = now.at === "open" && now.safe === safe;
        if (told === "ended" && isOpen) await endHere();
        // Not reached: the safe will find that out for itself, and ask again.
        if (told === null) asked = null;
        else if (told !== "ended" && isOpen && JSON.stringify(told) !== JSON.stringify(card))
          become({ at: "open", account: told, safe, isNews: true });
        return told !== "ended";
      };
      let asked = card === null ? Promise.resolve(true) : null;
      const safe = await openSafe(kept, account, key, collections, () => (asked ??= isOurs()));
      // Locked in another tab meanwhile.
      if ((await readOpenKey(kept)) === null) {
        safe.close();
        become({ at: "locked", account });
        return;
      }
      await writeMeta(kept, "lastUse", Date.now());
      become({ at: "open", account: shown, safe, isNews: false });
    },
    [become, collections, deviceOpen, endHere],
  );

  const lockHere = useCallback(async () => {
    // What is on the screen goes first, also where the device was wiped meanwhile and can't be written to.
    const before = current.current;
    if (before.at === "open") become({ at: "locked", account: before.account.id });
    try {
      const kept = await deviceOpen();
      const account = await readMeta<string>(kept, "account");
      if (account === null) become({ at: "signed-out", ended: null });
      else if (before.at === "looking") become({ at: "locked", account });
      await writeMeta(kept, "open", null);
    } catch (error) {
      if (!isWiped(error)) throw error;
    }
  }, [become, deviceOpen]);
  const lock = useCallback(async () => {
    tabs.current.postMessage("locked");
    await lockHere();
  }, [lockHere]);

  const ended = useCallback(async () => {
    tabs.current.postMessage("ended");
    await endHere();
  }, [endHere]);

  // Who locks, or leaves, means every tab.
  useEffect(() => {
    const channel = new BroadcastChannel("callroom-door");
    tabs.current = channel;
    channel.addEventListener("message", ({ data }: MessageEvent<TabMessage>) => {
      if (data === "locked") void lockHere();
      else if (data === "ended") void endHere();
      else {
        device.current = null;
        become({ at: "signed-out", ended: null });
      }
    });
    return () => channel.close();
  }, [become, endHere, lockHere]);

  useEffect(() => {
    void (async () => {
      const arrival = await takeArrival();
      device.current ??= arrival.device;
      const { account, key } = arrival;
      if (account === null) become({ at: "signed-out", ended: null });
      else if (key === null) await lockHere();
      else await openWith(account, key);
    })();
  }, [become, lockHere, openWith]);

  const opened = state.at === "open" ? state.safe : null;
  useEffect(() => {
    if (opened === null) return undefined;
    // What is shown comes first.
    const timer = setTimeout(() => void opened.sync(), SYNC_AFTER_MS);
    return () => clearTimeout(timer);
  }, [opened]);

  useIdle(deviceOpen, state.at === "open", lock);

  useEffect(
    () =>
      onRefusal((type) => {
        if (type === "NotSignedIn" && current.current.at === "open") void ended();
      }),
    [ended],
  );

  const wipe = useCallback(async () => {
    tabs.current.postMessage("left");
    const kept = await deviceOpen();
    device.current = null;
    become({ at: "signed-out", ended: null });
    await wipeDevice(kept);
  }, [become, deviceOpen]);
  const keepUnsentAndWipe = useCallback(async () => {
    const kept = await deviceOpen();
    // Nothing more is written to what is about to go.
    if (current.current.at === "open") become({ at: "looking" });
    const account = await readMeta<string>(kept, "account");
    if (account !== null) await leaveBehind(kept, await openShelf(), account);
    await wipe();
  }, [become, deviceOpen, wipe]);

  const door = useMemo<Door>(
    () => ({
      state,
      enter: async (account, vaultKey) => {
        const kept = await deviceOpen();
        const before = await readMeta<string>(kept, "account");
        if (before !== null && before !== account) await keepUnsentAndWipe();
        const fresh = await deviceOpen();
        const key = await toOpenKey(vaultKey);
        vaultKey.fill(0);
        await writeMeta(fresh, "account", account);
        await writeMeta(fresh, "open", key);
        if (before !== account) await takeUp(fresh, await openShelf(), account);
        await openWith(account, key);
      },
      lock,
      ended,
      leave: async () => {
        const { current: before } = current;
        // What still waits in the outbox gets its last chance.
        if (before.at === "open" && before.safe.syncState() !== "saved")
          await before.safe.sync().catch(() => undefined);
        await endOwnSession();
        await wipe();
      },
      giveWay: async () => {
        await endOwnSession();
        await keepUnsentAndWipe();
      },
      reload: async () => {
        const before = current.current;
        if (before.at !== "open") return;
        const shown = await fetchAccount(
          await deviceOpen(),
          before.account.id,
          before.safe.open,
        ).catch(endedIfWiped);
        // Locked meanwhile, it stays locked.
        const now = current.current;
        if (now.at === "open" && now.safe === before.safe && shown !== null && shown !== "ended")
          become({ ...now, account: shown });
      },
    }),
    [state, deviceOpen, openWith, lock, ended, wipe, keepUnsentAndWipe, become],
  );

  return (
    <DoorContext.Provider value={door}>
      <SafeContext.Provider value={state.at === "open" ? state.safe : null}>
        {children}
      </SafeContext.Provider>
    </DoorContext.Provider>
  );
}

export function useDoor(): Door {
  const door = useContext(DoorContext);
  if (!door) throw new Error("There is no door here");
  return door;
}

export function useAccount(): AccountShown {
  const { state } = useDoor();
  if (state.at !== "open") throw new Error("A room was shown to nobody");
  return state.account;
}

async function endOwnSession(): Promise<void> {
  const sessions = await call(readSessions, {});
  const own = sessions.ok ? sessions.value.sessions.find((each) => each.current) : undefined;
  if (own) await call(endSession, { params: { id: own.id } });
}

/** Null where the server can't be reached, "ended" where it no longer knows this session. */
async function fetchAccount(
  device: Device,
  account: string,
  key: OpenKey,
): Promise<AccountShown | "ended" | null> {
  const read = await call(readAccount, {});
  if (!read.ok) return read.refusal.type === "NotSignedIn" ? "ended" : null;
  const shown = read.value;
  // Somebody else signed in from another tab: this safe must not be kept in step with theirs.
  if (shown.id !== account) return "ended";
  const sealed = await sealBound(
    await deviceKey(key),
    cardBinding(shown.id),
    utf8ToBytes(JSON.stringify(shown)),
  );
  await writeMeta(device, "shown", sealed);
  await writeMeta(device, "wraps", shown.wraps);
  return shown;
}

/** Who left meanwhile has no session either. */
function endedIfWiped(error: unknown): "ended" {
  if (isWiped(error)) return "ended";
  throw error;
}

async function keptAccount(
  device: Device,
  account: string,
  key: OpenKey,
): Promise<AccountShown | null> {
  const sealed = await readMeta<Uint8Array>(device, "shown");
  const plain = sealed && (await openBound(await deviceKey(key), cardBinding(account), sealed));
  return plain ? (JSON.parse(new TextDecoder().decode(plain)) as AccountShown) : null;
}

const cardBinding = (account: string) => utf8ToBytes(`callroom/v1/account ${account}`);

/** Notes use now and then, and locks when there has been none for long; also in a tab left open for a week. */
function useIdle(
  deviceOpen: () => Promise<Device>,
  isOpen: boolean,
  lock: () => Promise<void>,
): void {
  useEffect(() => {
    if (!isOpen) return;
    let used = false;
    const note = () => {
      used = true;
    };
    const look = () => {
      const looking = deviceOpen().then(async (device) => {
        // Looked at first: the key that wakes a computer after hours must not count as use.
        if (await isIdle(device)) await lock();
        else if (used) await writeMeta(device, "lastUse", Date.now());
        used = false;
      });
      // The device was wiped in this moment: there is nothing left to lock.
      looking.catch(() => undefined);
    };
    const lookIfSeen = () => {
      if (document.visibilityState === "visible") look();
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    addEventListener("pointerdown", note, { passive: true });
    addEventListener("keydown", note, { passive: true });
    document.addEventListener("visibilitychange", lookIfSeen);
    return () => {
      clearInterval(timer);
      removeEventListener("pointerdown", note);
      removeEventListener("keydown", note);
      document.removeEventListener("visibilitychange", lookIfSeen);
    };
  }, [deviceOpen, isOpen, lock]);
}
