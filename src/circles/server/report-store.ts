/** Reports' SQL. Nothing in a row tells who reported, or on which day. */
import { randomUUID } from "node:crypto";
import type { CirclesDb } from "./deps.ts";

export interface NewReport {
  readonly circle: string;
  readonly stewardEpoch: number;
  readonly sealed: Uint8Array;
}

export async function keepReport(
  db: CirclesDb,
  { circle, stewardEpoch, sealed }: NewReport,
): Promise<void> {
  await db
    .insertInto("circles.report")
    .values({ id: randomUUID(), circle, steward_epoch: stewardEpoch, sealed: Buffer.from(sealed) })
    .execute();
}
