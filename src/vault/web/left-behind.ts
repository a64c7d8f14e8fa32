/**
 * What an account had not sent when somebody else came to this device: it waits here, sealed as it was, until
 * that account signs in again. In a database of its own, because the device's is deleted as a whole.
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Device, KeptRecord } from "./device.ts";
import { OF_THIS_DEVICE } from "./drafts.ts";

interface LeftBehind {
  readonly account: string;
  readonly outbox: readonly KeptRecord[];
  readonly drafts: readonly (readonly [key: string, sealed: Uint8Array])[];
}

interface ShelfSchema extends DBSchema {
  accounts: { key: string; value: LeftBehind };
}

export type Shelf = IDBPDatabase<ShelfSchema>;

export function openShelf(): Promise<Shelf> {
  return openDB<ShelfSchema>("callroom-left-behind", 1, {
    upgrade: (db) => void db.createObjectStore("accounts", { keyPath: "account" }),
  });
}

export async function leaveBehind(device: Device, shelf: Shelf, account: string): Promise<void> {
  const [outbox, keys] = await Promise.all([device.getAll("outbox"), device.getAllKeys("drafts")]);
  const words = keys.filter((key) => !key.startsWith(OF_THIS_DEVICE));
  const drafts = await Promise.all(
    words.map(async (key) => [key, (await device.get("drafts", key))!] as const),
  );
  if (outbox.length + drafts.length > 0) await shelf.put("accounts", { account, outbox, drafts });
  shelf.close();
}

/** Before the safe is opened: to it they are as if this device had never been anybody else's. */
export async function takeUp(device: Device, shelf: Shelf, account: string): Promise<void> {
  const left = await shelf.get("accounts", account);
  for (const record of left?.outbox ?? []) {
    // What this device has sent or written since is newer.
    if (await device.get("records", record.place)) continue;
    await device.put("records", record);
    await device.put("outbox", record);
  }
  for (const [key, sealed] of left?.drafts ?? [])
    if ((await device.get("drafts", key)) === undefined) await device.put("drafts", sealed, key);
  await shelf.delete("accounts", account);
  shelf.close();
}
