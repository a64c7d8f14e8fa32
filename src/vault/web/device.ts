/**
 * What this device keeps in IndexedDB: sealed records and drafts, the outbox, and, only while the safe is
 * open, its non-extractable key. Nothing readable. The browser may clear it; the server has the rest.
 */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { OpenKey } from "./keys.ts";

export interface KeptRecord {
  /** `tag id`, both base64url. */
  readonly place: string;
  readonly version: number;
  readonly sealed: Uint8Array;
}

interface DeviceSchema extends DBSchema {
  /** "account" (id), "open" (OpenKey), "sequence", "shown" (sealed account card), "wraps", "lastUse", "idleMinutes", "label". */
  meta: { key: string; value: unknown };
  records: { key: string; value: KeptRecord };
  outbox: { key: string; value: KeptRecord };
  drafts: { key: string; value: Uint8Array };
}

export type Device = IDBPDatabase<DeviceSchema>;

const NAME = "callroom";

export function openDevice(): Promise<Device> {
  return openDB<DeviceSchema>(NAME, 1, {
    upgrade: (db) => {
      db.createObjectStore("meta");
      db.createObjectStore("records", { keyPath: "place" });
      db.createObjectStore("outbox", { keyPath: "place" });
      db.createObjectStore("drafts");
    },
    // Another tab, or this one, wipes the device: every connection has to let go.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}

export async function readMeta<Value>(device: Device, key: string): Promise<Value | null> {
  return ((await device.get("meta", key)) as Value | undefined) ?? null;
}

export async function writeMeta(device: Device, key: string, value: unknown): Promise<void> {
  if (value === null) await device.delete("meta", key);
  else await device.put("meta", value, key);
}

/** All records that are kept of the safe, and the places of those that the server has yet to be sent. */
export async function readKept(
  device: Device,
): Promise<{ readonly kept: readonly KeptRecord[]; readonly waiting: ReadonlySet<string> }> {
  const [places, kept] = await Promise.all([device.getAllKeys("outbox"), device.getAll("records")]);
  return { kept, waiting: new Set(places) };
}

/** The key of the open safe, or null when it is locked. */
export const readOpenKey = (device: Device): Promise<OpenKey | null> =>
  readMeta<OpenKey>(device, "open");

/** The device was wiped under this connection, as when somebody leaves: there is nothing left to write to. */
export const isWiped = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "InvalidStateError";

/** Forgets everything of a member on this device. */
export async function wipeDevice(device: Device): Promise<void> {
  device.close();
  await deleteDB(NAME);
}
