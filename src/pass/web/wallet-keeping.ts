/** The wallet's records in the vault: one a slot, one for the key log's head, one for the pseudonym that goes on. */
import { base64urlToBytes, bytesToHex, type Bytes } from "#platform/bytes.ts";
import { collectionTag, walletSecret } from "#vault/web/keys.ts";
import type { LateKeeping } from "#vault/web/late-keeping.ts";
import type { Safe } from "#vault/web/safe.ts";
import type { Community } from "../challenge.ts";
import type { Head } from "../key-log.ts";
import type { Slot } from "../slot.ts";
import {
  headToKept,
  plainSlot,
  type KeptHead,
  type KeptPass,
  type KeptRenewal,
  type WalletRecord,
} from "../wallet.ts";

export interface WalletKeeping {
  /** The same object until something changes. */
  readonly whole: () => unknown;
  readonly subscribe: (listener: () => void) => () => void;
  readonly passes: () => readonly KeptPass[];
  readonly keepPass: (pass: KeptPass) => Promise<void>;
  readonly head: () => Promise<KeptHead | null>;
  /** `isLate` while its owner acts without a name. */
  readonly keepHead: (head: Head, community: Community, isLate: boolean) => Promise<void>;
  readonly renewal: () => Promise<KeptRenewal | null>;
  readonly keepRenewal: (bornIn: Slot, isOver: boolean) => Promise<void>;
  /** What other devices have kept meanwhile. */
  readonly catchUp: () => Promise<void>;
  readonly secret: () => Promise<Bytes>;
}

const WALLET = "wallet";

export function walletKeeping(safe: Safe, late: LateKeeping): WalletKeeping {
  /** The same on every device of the member, and to the server as good as random. */
  const idOf = async (name: string): Promise<string> =>
    bytesToHex(base64urlToBytes(await collectionTag(safe.open, `wallet ${name}`))!);
  const get = async <Kept extends WalletRecord>(name: string) =>
    safe.get<Kept>(WALLET, await idOf(name));
  /** Twice the same is written once. */
  const keep = async (name: string, record: WalletRecord): Promise<void> => {
    if (JSON.stringify(await get(name)) !== JSON.stringify(record))
      await safe.write(WALLET, await idOf(name), record);
  };

  return {
    whole: () => safe.list(WALLET),
    subscribe: safe.subscribe,
    passes: () =>
      safe
        .list<WalletRecord>(WALLET)
        .flatMap(({ content }) => (content.kind === "pass" ? [content] : [])),
    keepPass: (pass) =>
      keep(`pass ${pass.period.purpose} ${pass.period.name} ${pass.number}`, pass),
    head: async () => late.read<KeptHead>(WALLET, await idOf("head")),
    keepHead: async (head, { issuerName, originInfo }, isLate) => {
      const id = await idOf("head");
      const next: KeptHead = { kind: "head", ...headToKept(head), issuerName, originInfo };
      const [before, inVault] = [await late.read(WALLET, id), safe.get(WALLET, id)];
      if (JSON.stringify(before) === JSON.stringify(next)) return;
      // One that waits already must not go on top of a newer one later.
      const isWaiting = JSON.stringify(before) !== JSON.stringify(inVault);
      await (isLate || isWaiting ? late.keepLater : safe.write)(WALLET, id, next);
    },
    renewal: async () => late.read<KeptRenewal>(WALLET, await idOf("renewal")),
    keepRenewal: async (bornIn, isOver) => {
      const id = await idOf("renewal");
      const next = { kind: "renewal", bornIn: plainSlot(bornIn), isOver } satisfies KeptRenewal;
      const before = await late.read<KeptRenewal>(WALLET, id);
      if (JSON.stringify(before) !== JSON.stringify(next)) await late.keepLater(WALLET, id, next);
    },
    catchUp: safe.sync,
    secret: () => walletSecret(safe.open),
  };
}
