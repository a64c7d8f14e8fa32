/** What a form holds while it is being filled in: sealed, on this device alone, bound to account and form. */
import { isWiped, type Device } from "./device.ts";
import { deviceKey, type OpenKey } from "./keys.ts";
import { openBound, sealBound } from "./seal.ts";

/** How keys begin of what only this device needs: nobody misses it who signs in here again. */
export const OF_THIS_DEVICE = "device ";

export interface Drafts {
  /** Whether this device keeps one, as far as this tab knows: said at once, where reading takes a moment. */
  readonly isDraftKept: (key: string) => boolean;
  readonly readDraft: (key: string) => Promise<unknown>;
  /** Null clears it. */
  readonly writeDraft: (key: string, content: unknown) => Promise<void>;
}

export async function openDrafts(device: Device, account: string, open: OpenKey): Promise<Drafts> {
  const [seal, keys] = await Promise.all([deviceKey(open), device.getAllKeys("drafts")]);
  const kept = new Set(keys);
  const binding = (key: string) => new TextEncoder().encode(`callroom/v1/draft ${account} ${key}`);
  return {
    isDraftKept: (key) => kept.has(key),
    readDraft: async (key) => {
      const sealed = await device.get("drafts", key);
      const plain = sealed && (await openBound(seal, binding(key), sealed));
      return plain ? (JSON.parse(new TextDecoder().decode(plain)) as unknown) : null;
    },
    writeDraft: async (key, content) => {
      if (content === null) {
        kept.delete(key);
        return device.delete("drafts", key);
      }
      kept.add(key);
      const plain = new TextEncoder().encode(JSON.stringify(content));
      const sealed = await sealBound(seal, binding(key), plain);
      // Cleared while it was being sealed: it must not come back.
      if (!kept.has(key)) return;
      // A form that goes away because its owner left the device has nowhere to be kept, and needs none.
      await device.put("drafts", sealed, key).catch((error: unknown) => {
        if (!isWiped(error)) throw error;
      });
    },
  };
}
