/** Every series in the open safe: the check-ins' at once, those of exercises and instruments as soon as they are made. */
import { useEffect, useMemo, useState } from "react";
import full from "virtual:content/check-in/full";
import pulse from "virtual:content/check-in/pulse";
import results from "virtual:content/check-in/results";
import { useCollection } from "#vault/web/safe-context.tsx";
import { useCheckIns } from "../../web/kept-check-ins.ts";
import { checkInSeries, type Series } from "../series.ts";
import type { LateSeries } from "./late-series.ts";

interface KeptSeries {
  readonly all: readonly Series[];
  /** Check-ins of an older version of the questions are kept and not drawn. */
  readonly hasOlder: boolean;
  readonly isFetching: boolean;
  /** Something kept could not be read now, so that what it measures is not among them. */
  readonly isMissing: boolean;
}

export function useKeptSeries(): KeptSeries {
  const checkIns = useCheckIns();
  const late = useLateSeries();
  return useMemo(
    () => ({
      all: [
        ...checkInSeries(full, results, checkIns),
        ...checkInSeries(pulse, results, checkIns),
        ...(late?.series ?? []),
      ],
      hasOlder: checkIns.some(
        ({ kind, version }) => version !== (kind === "full" ? full : pulse).version,
      ),
      isFetching: late === null,
      isMissing: late?.isMissing ?? false,
    }),
    [checkIns, late],
  );
}

const NONE: LateSeries = { series: [], isMissing: false };
const MISSING: LateSeries = { series: [], isMissing: true };

/** Null until they are first made. */
function useLateSeries(): LateSeries | null {
  const exercises = useCollection("exercises");
  const instruments = useCollection("instruments");
  const [late, setLate] = useState<LateSeries | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const contents = [exercises, instruments].map((kept) => kept.map(({ content }) => content));
    const making =
      exercises.length + instruments.length === 0
        ? Promise.resolve(NONE)
        : import("./late-series.ts").then(({ lateSeries }) =>
            lateSeries(contents[0]!, contents[1]!),
          );
    making
      .catch(() => MISSING)
      .then(
        (made) => isCurrent && setLate(made),
        () => undefined,
      );
    return () => {
      isCurrent = false;
    };
  }, [exercises, instruments]);
  return late;
}
