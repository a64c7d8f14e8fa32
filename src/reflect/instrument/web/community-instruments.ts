/**
 * The community's instruments on this device: fetched whole, at most once an hour, kept sealed so that they work
 * without a connection, and read again here, whatever the server says of them.
 */
import { useCallback, useEffect, useMemo, useState } from "react";
import * as v from "valibot";
import type { AnswerOf } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { useSafe } from "#vault/web/safe-context.tsx";
import type { Safe } from "#vault/web/safe.ts";
import { readInstruments } from "../contract.ts";
import { readInstrument, type Instrument } from "../instrument.ts";
import type { AssertedLicence } from "../licence.ts";

type Sent = AnswerOf<typeof readInstruments>["instruments"];

export interface CommunityInstrument extends Instrument {
  readonly id: string;
  /** The file. */
  readonly questionnaire: string;
  readonly licence: AssertedLicence;
}

export type Instruments =
  | { readonly at: "fetching" }
  | { readonly at: "here"; readonly instruments: readonly CommunityInstrument[] }
  | { readonly at: "away" };

const KEPT = "instruments-of-the-community";
const HOUR_MS = 3_600_000;

interface Fetched {
  readonly at: number;
  readonly sent: Sent;
}
/** For as long as the safe is open. */
const fetchedBySafe = new WeakMap<Safe, Fetched>();

/** The second of the pair asks the server again. */
export function useInstruments(): [Instruments, () => void] {
  const safe = useSafe();
  const [sent, setSent] = useState<Sent | "fetching" | "away">(
    () => fetchedBySafe.get(safe)?.sent ?? "fetching",
  );
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    const show = (next: Sent | "away") => {
      if (isCurrent)
        setSent((before) => (next === "away" && before !== "fetching" ? before : next));
    };
    void bring(safe, tries > 0, show);
    return () => {
      isCurrent = false;
    };
  }, [safe, tries]);
  const again = useCallback(() => {
    setSent((before) => (before === "away" ? "fetching" : before));
    setTries((count) => count + 1);
  }, []);
  const instruments = useMemo(
    (): Instruments =>
      typeof sent === "string" ? { at: sent } : { at: "here", instruments: sent.flatMap(read) },
    [sent],
  );
  return [instruments, again];
}

/** What is kept first, then what the server has, unless it was asked a while ago. */
async function bring(safe: Safe, isAskedFor: boolean, show: (sent: Sent | "away") => void) {
  const fetched = fetchedBySafe.get(safe);
  if (fetched !== undefined && !isAskedFor && performance.now() - fetched.at < HOUR_MS)
    return show(fetched.sent);
  const kept = v.safeParse(readInstruments.answer, await safe.readDraft(KEPT));
  if (kept.success) show(kept.output.instruments);
  const asked = await call(readInstruments, {});
  if (!asked.ok) return show(kept.success ? kept.output.instruments : "away");
  fetchedBySafe.set(safe, { at: performance.now(), sent: asked.value.instruments });
  show(asked.value.instruments);
  await safe.writeDraft(KEPT, asked.value).catch(() => undefined);
}

const readings = new Map<string, Instrument | null>();

/** What no longer fits, as after an upgrade, is passed over. */
function read({ id, questionnaire, licence }: Sent[number]): CommunityInstrument[] {
  let instrument = readings.get(questionnaire);
  if (instrument === undefined) {
    const result = readInstrument(questionnaire);
    instrument = result.ok ? result.value : null;
    readings.set(questionnaire, instrument);
  }
  return instrument === null || instrument.scorer.id !== id
    ? []
    : [{ ...instrument, id, questionnaire, licence }];
}
