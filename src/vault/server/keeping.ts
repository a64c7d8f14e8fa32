/**
 * Keeps sealed records together: what arrives while one commit is on its way waits for the next, so that a busy
 * server pays for a commit once and not once a record. A record that comes alone waits for nobody.
 */
import { keepRecords, type NewRecord, type VaultDb } from "./store.ts";

/** The record's place in its safe's sequence; null where it isn't above what is kept, or there is no room. */
export type Keep = (record: NewRecord) => Promise<number | null>;

/** Two on their way: one is being committed while the other is worked on. */
const MOST_COMMITS = 2;
const MOST_RECORDS = 16;
/** Sealed bytes of one commit, beyond its first record. */
const MOST_BYTES = 2 * 1024 * 1024;

interface Waiting {
  readonly record: NewRecord;
  readonly resolve: (sequence: number | null) => void;
  readonly reject: (defect: unknown) => void;
}

export function makeKeep(db: VaultDb): Keep {
  const waiting: Waiting[] = [];
  let commits = 0;

  async function commitNext(): Promise<void> {
    commits += 1;
    while (waiting.length > 0) await commit(db, takeSome(waiting));
    commits -= 1;
  }

  return (record) =>
    new Promise((resolve, reject) => {
      waiting.push({ record, resolve, reject });
      if (commits < MOST_COMMITS) void commitNext();
    });
}

function takeSome(waiting: Waiting[]): Waiting[] {
  let bytes = 0;
  const end = waiting.findIndex(({ record }, at) => {
    bytes += record.sealed.length;
    return at === MOST_RECORDS || (at > 0 && bytes > MOST_BYTES);
  });
  const some = waiting.splice(0, end === -1 ? waiting.length : end);
  // Everybody locks safes in one order: two commits can't wait for each other.
  return some.toSorted((a, b) => (a.record.safe < b.record.safe ? -1 : 1));
}

async function commit(db: VaultDb, some: readonly Waiting[]): Promise<void> {
  try {
    const sequences = await keepRecords(
      db,
      some.map(({ record }) => record),
    );
    for (const [at, { resolve }] of some.entries()) resolve(sequences[at]!);
  } catch (defect) {
    if (some.length === 1) some[0]!.reject(defect);
    // One record's trouble is not the others'.
    else for (const each of some) await commit(db, [each]);
  }
}
