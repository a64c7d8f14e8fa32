/**
 * The path finder: ranks the four paths by additive rules that anybody can read, with reasons in the
 * person's own picks. It never hides a path, and says so where coaching alone is not enough.
 */
import type { Band, CheckInResults, Drivers } from "#library/check-in.ts";
import type { CareSignal, Condition, PathId, PathRules } from "#library/path.ts";

export interface Picks {
  readonly drivers: readonly string[];
  readonly wants: readonly string[];
  /** Care signals the person said are true. */
  readonly care: readonly string[];
  /** From the latest check-in, if the person lets it count; else empty. */
  readonly bands: Readonly<Record<string, Band["id"]>>;
}

export interface Reason {
  /** What the person picked, in the words they picked. */
  readonly picked: readonly {
    readonly by: "driver" | "want" | "check-in";
    readonly text: string;
  }[];
  readonly because: string;
  readonly points: number;
}

export interface RankedPath {
  readonly path: PathId;
  readonly points: number;
  /** The weightiest first. */
  readonly reasons: readonly Reason[];
}

export interface PathFinding {
  /** Always all four. */
  readonly ranked: readonly RankedPath[];
  /** The path that fits best, or those that tie for it; none when nothing was picked that counts. */
  readonly leading: readonly PathId[];
  readonly care: readonly CareSignal[];
}

/** The order in which paths stand when nothing tells them apart. */
export const PATHS = [
  "burnout",
  "career",
  "leadership",
  "sustainable-practice",
] as const satisfies PathId[];

export function findPaths(
  rules: PathRules,
  drivers: Drivers,
  results: CheckInResults,
  picks: Picks,
): PathFinding {
  const holding = rules.rules.filter((rule) => rule.when.every((when) => holds(when, picks)));
  const ranked = PATHS.map((path): RankedPath => {
    const reasons = holding.flatMap((rule) =>
      rule.adds
        .filter((add) => add.path === path)
        .map(({ because, points }) => ({
          picked: rule.when.map((when) => pickedText(when, rules, drivers, results)),
          because,
          points,
        })),
    );
    return {
      path,
      points: reasons.reduce((sum, reason) => sum + reason.points, 0),
      reasons: reasons.toSorted((a, b) => b.points - a.points),
    };
  }).toSorted((a, b) => b.points - a.points);
  const most = ranked[0]!.points;
  return {
    ranked,
    leading: most === 0 ? [] : ranked.filter((r) => r.points === most).map((r) => r.path),
    care: careSignals(rules, picks),
  };
}

/** Where coaching is not enough or not first, those about danger before the others. */
function careSignals(rules: PathRules, picks: Picks): CareSignal[] {
  return rules.care
    .filter(
      ({ id, alsoWhen }) =>
        picks.care.includes(id) ||
        (alsoWhen !== undefined && alsoWhen.every((when) => holds(when, picks))),
    )
    .toSorted((a, b) => Number(b.crisis) - Number(a.crisis));
}

function holds(condition: Condition, picks: Picks): boolean {
  if ("driver" in condition) return picks.drivers.includes(condition.driver);
  if ("want" in condition) return picks.wants.includes(condition.want);
  return (
    Object.hasOwn(picks.bands, condition.dimension) &&
    picks.bands[condition.dimension] === condition.band
  );
}

function pickedText(
  condition: Condition,
  rules: PathRules,
  drivers: Drivers,
  results: CheckInResults,
): Reason["picked"][number] {
  if ("driver" in condition) {
    const driver = drivers.drivers.find(({ id }) => id === condition.driver);
    return { by: "driver", text: driver?.text ?? condition.driver };
  }
  if ("want" in condition) {
    const want = rules.wants.find(({ id }) => id === condition.want);
    return { by: "want", text: want?.text ?? condition.want };
  }
  const dimension = results.dimensions.find(({ id }) => id === condition.dimension);
  return { by: "check-in", text: dimension?.name ?? condition.dimension };
}
