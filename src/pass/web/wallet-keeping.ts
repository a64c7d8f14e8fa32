/**
 * What the vault has of the wallet: a record for each pass that was issued to the account, which everybody fetches
 * alike, and kept late whatever follows a nameless act, or could: where the key log ended, which pseudonym goes on,
 * and passes that replaced another.
 */
import { base64urlToBytes, bytesToHex, type Bytes } from "#platform/bytes.ts";
import { isWiped } from "#vault/web/device.ts";
import { collectionTag, walletSecret } from "#vault/web/keys.ts";
import type { LateKeeping } from "#vault/web/late-keeping.ts";
import { LATE } from "#vault/web/late-record.ts";
import type { Safe } from "#vault/web/safe.ts";
import type { Community } from "../challenge.ts";
import type { Head } from "../key-log.ts";
import type { Slot } from "../slot.ts";
import { WALLET } from "./wallet-collection.ts";
import {
  headToKept,
  plainSlot,
  type KeptHead,
  type KeptPass,
  type KeptRenewal,
} from "../wallet.ts";

export interface WalletKeeping {
  /** The same array until something changes. */
  readonly passes: () => readonly KeptPass[];
  readonly subscribe: (listener: () => void) => () => void;
  readonly keepPass: (pass: KeptPass) => Promise<void>;
  /** One that nobody on the named side knows of. */
  readonly keepReplacement: (pass: KeptPass) => Promise<void>;
  readonly head: () => Promise<KeptHead | null>;
  readonly keepHead: (head: Head, community: Community) => Promise<void>;
  readonly renewal: () => Promise<KeptRenewal | null>;
  readonly keepRenewal: (bornIn: Slot, isOver: boolean) => Promise<void>;
  /** What other devices have kept meanwhile. */
  readonly catchUp: () => Promise<void>;
  readonly secret: () => Promise<Bytes>;
}

const HEAD = "wallet head";
const RENEWAL = "wallet renewal";
const REPLACEMENT = "replacement";

export async function walletKeeping(safe: Safe, late: LateKeeping): Promise<WalletKeeping> {
  const listeners = new Set<() => void>();
  let replacements: readonly KeptPass[] = [];
  let passes: { of: unknown; all: readonly KeptPass[] } = { of: null, all: [] };
  let lateRecord: unknown = null;

  /** The same on every device of the member, and to the server as good as random. */
  const idOf = async ({ period, number }: KeptPass): Promise<string> => {
    const name = `wallet pass ${period.purpose} ${period.name} ${number}`;
    return bytesToHex(base64urlToBytes(await collectionTag(safe.open, name))!);
  };
  const readReplacements = async () => {
    lateRecord = safe.list(LATE);
    replacements = await late.readAll<KeptPass>(REPLACEMENT);
    passes = { of: null, all: [] };
  };
  /** Twice the same is kept once. */
  const keepLate = async (name: string, next: KeptHead | KeptRenewal): Promise<void> => {
    if (JSON.stringify(await late.read(name)) !== JSON.stringify(next))
      await late.keepLater(name, next);
  };
  const tell = () => {
    for (const listener of listeners) listener();
  };

  safe.subscribe(() => {
    if (safe.list(LATE) === lateRecord) return tell();
    // A safe that was closed meanwhile, or wiped, has nobody to be told.
    readReplacements().then(tell, (error: unknown) => {
      if (!isWiped(error)) throw error;
    });
  });
  await readReplacements();
  return {
    passes: () => {
      const of = safe.list<KeptPass>(WALLET);
      if (passes.of !== of)
        passes = { of, all: [...of.map(({ content }) => content), ...replacements] };
      return passes.all;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    keepPass: async (pass) => {
      const id = await idOf(pass);
      if (JSON.stringify(safe.get(WALLET, id)) !== JSON.stringify(pass))
        await safe.write(WALLET, id, pass);
    },
    keepReplacement: async (pass) => {
      await late.keepLater(`${REPLACEMENT} ${pass.period.name}`, pass);
      await readReplacements();
      tell();
    },
    head: () => late.read<KeptHead>(HEAD),
    keepHead: (head, { issuerName, originInfo }) =>
      keepLate(HEAD, { ...headToKept(head), issuerName, originInfo }),
    renewal: () => late.read<KeptRenewal>(RENEWAL),
    keepRenewal: (bornIn, isOver) => keepLate(RENEWAL, { bornIn: plainSlot(bornIn), isOver }),
    catchUp: safe.sync,
    secret: () => walletSecret(safe.open),
  };
}
