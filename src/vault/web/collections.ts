/** The collections of an open safe that this version of the app knows, and where in them a record belongs. */
import { base64urlToBytes, bytesToHex } from "#platform/bytes.ts";
import { collectionKey, collectionTag, type OpenKey } from "./keys.ts";
import type { SafeRecord } from "./safe.ts";

interface Collection {
  readonly name: string;
  readonly key: CryptoKey;
  readonly tag: string;
  list: readonly SafeRecord<unknown>[];
}

/** Where a record belongs. */
export interface Home {
  readonly collection: Collection;
  /** 32 hex digits. */
  readonly id: string;
}

export interface Collections {
  readonly named: (name: string) => Collection | undefined;
  /** `place`: as in `KeptRecord`. Null where it is of no collection that is known here. */
  readonly homeOf: (place: string) => Home | null;
}

export const EMPTY: readonly never[] = [];

export async function openCollections(
  open: OpenKey,
  names: readonly string[],
): Promise<Collections> {
  const collections = await Promise.all(
    names.map(async (name): Promise<Collection> => {
      const [key, tag] = await Promise.all([collectionKey(open, name), collectionTag(open, name)]);
      return { name, key, tag, list: EMPTY };
    }),
  );
  const byTag = new Map(collections.map((collection) => [collection.tag, collection]));
  const byName = new Map(collections.map((collection) => [collection.name, collection]));
  return {
    named: (name) => byName.get(name),
    homeOf: (place) => {
      const [tag = "", id = ""] = place.split(" ");
      const collection = byTag.get(tag);
      const bytes = base64urlToBytes(id);
      return collection && bytes?.length === 16 ? { collection, id: bytesToHex(bytes) } : null;
    },
  };
}
