/** What the latest full check-in says in one word per dimension, and the drivers that were named in it. */
import { useMemo } from "react";
import type { Band } from "#library/check-in.ts";
import results from "virtual:content/check-in/results";
import { bandOf } from "../scoring.ts";
import { useCheckIns } from "./kept-check-ins.ts";

export interface LatestBands {
  readonly on: string;
  readonly drivers: readonly string[];
  readonly bands: Readonly<Record<string, Band["id"]>>;
}

export function useLatestBands(): LatestBands | null {
  const latest = useCheckIns().find(({ kind }) => kind === "full");
  return useMemo(() => {
    if (latest === undefined) return null;
    const bands = results.dimensions.flatMap((dimension): [string, Band["id"]][] => {
      const score = latest.scores[dimension.id];
      return typeof score === "number" ? [[dimension.id, bandOf(dimension, score).id]] : [];
    });
    return { on: latest.on, drivers: latest.drivers, bands: Object.fromEntries(bands) };
  }, [latest]);
}
