/**
 * The first look at this device: whose it is, and whether their safe may be opened. Begun while most of the
 * app is still on its way, and used once.
 */
import { openDevice, readMeta, readOpenKey, type Device } from "#vault/web/device.ts";
import type { OpenKey } from "#vault/web/keys.ts";

export interface Arrival {
  readonly device: Device;
  readonly account: string | null;
  /** Null where the safe is locked, or was left open for too long. */
  readonly key: OpenKey | null;
}

const IDLE_MINUTES = 15;

let begun: Promise<Arrival> | null = null;

export function beginArrival(): void {
  begun ??= arrive();
  // Whoever takes it hears of its failure.
  begun.catch(() => undefined);
}

/** What was begun, to whoever asks first; later ones look anew. */
export function takeArrival(): Promise<Arrival> {
  const taken = begun ?? arrive();
  begun = null;
  return taken;
}

async function arrive(): Promise<Arrival> {
  const device = await openDevice();
  const [account, open, idle] = await Promise.all([
    readMeta<string>(device, "account"),
    readOpenKey(device),
    isIdle(device),
  ]);
  return { device, account, key: idle ? null : open };
}

export async function isIdle(device: Device): Promise<boolean> {
  const last = (await readMeta<number>(device, "lastUse")) ?? 0;
  const minutes = (await readMeta<number>(device, "idleMinutes")) ?? IDLE_MINUTES;
  // A clock that was set back would otherwise never run out.
  return Math.abs(Date.now() - last) > minutes * 60_000;
}
