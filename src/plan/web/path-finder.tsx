/**
 * The path finder: name what weighs and what you want, and see the four paths ranked by rules that anybody
 * can read, with reasons in your own picks. Worked out and kept on this device; no path is ever hidden.
 */
import { useState, type ReactNode } from "react";
import { Page } from "#design/page.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import type { Band } from "#library/check-in.ts";
import drivers from "virtual:content/check-in/drivers";
import results from "virtual:content/check-in/results";
import rules from "virtual:content/paths/rules";
import { useSafe } from "#vault/web/safe-context.tsx";
import { newRecordId } from "#vault/web/safe.ts";
import type { KeptFinding } from "../kept-finding.ts";
import { findPaths } from "../path-finder.ts";
import { Found } from "./found.tsx";
import { FINDINGS, useFinding, usePicking, type Picking } from "./kept-findings.ts";
import { PickingSteps, type Sealing } from "./picking.tsx";
import { words } from "./words.ts";

/** What the latest check-in has to give; the app hands it in, because Plan knows nothing of check-ins. */
export interface LatestCheckIn {
  readonly on: string;
  readonly drivers: readonly string[];
  readonly bands: Readonly<Record<string, Band["id"]>>;
}

export interface PathFinderProps {
  readonly checkIn: LatestCheckIn | null;
  /** What is shown where somebody says that they may not want to live. */
  readonly crisis: ReactNode;
}

export function PathFinder({ checkIn, crisis }: PathFinderProps) {
  const safe = useSafe();
  const finding = useFinding();
  const [picking, setPicking, { ready, clear }] = usePicking();
  const [sealing, setSealing] = useState<Sealing>("not-yet");

  if (!ready)
    return (
      <Page title={words.picking.title}>
        <Skeleton label={words.loading} lines={5} />
      </Page>
    );

  const change = () => {
    if (finding === null) return;
    setPicking(picksOf(finding));
    scrollTo(0, 0);
  };
  if (picking === null && finding !== null)
    return <Found finding={finding} crisis={crisis} onChange={change} />;

  const leaveAsWas = () => {
    setPicking(null);
    clear();
    scrollTo(0, 0);
  };
  const current = picking ?? firstPicks(checkIn);
  const finish = async () => {
    if (sealing === "under-way") return;
    setSealing("under-way");
    const { withCheckIn, ...picks } = current;
    const bands = withCheckIn && checkIn !== null ? checkIn.bands : {};
    const { leading } = findPaths(rules, drivers, results, { ...picks, bands });
    const kept: KeptFinding = {
      ...picks,
      bands,
      on: Temporal.Now.plainDateISO().toString(),
      version: rules.version,
      path: leading.length === 1 ? leading[0]! : null,
    };
    try {
      await safe.write(FINDINGS, finding?.id ?? newRecordId(), kept);
    } catch {
      setSealing("not-kept");
      return;
    }
    setSealing("not-yet");
    setPicking(null);
    clear();
    scrollTo(0, 0);
  };

  return (
    <PickingSteps
      picking={current}
      checkIn={checkIn}
      crisis={crisis}
      sealing={sealing}
      onChange={setPicking}
      onFinish={() => void finish()}
      onLeaveAsWas={finding === null ? undefined : leaveAsWas}
    />
  );
}

const firstPicks = (checkIn: LatestCheckIn | null): Picking => ({
  drivers: checkIn?.drivers ?? [],
  wants: [],
  care: [],
  withCheckIn: checkIn !== null,
});

const picksOf = ({ drivers, wants, care, bands }: KeptFinding): Picking => ({
  drivers,
  wants,
  care,
  withCheckIn: Object.keys(bands).length > 0,
});
