/**
 * The attacker: from traces, and without the truth, gives every pair of a pseudonym and a holder a score, by order,
 * time, number, size, keys and days. Then, with the truth, how well each way did beside guessing among all holders.
 */
import type { TracedRow, Traces } from "./unlinkable-traces.ts";

/** How much speaks for it; equal numbers are a guess. */
export type Suspicion = (pseudonym: string, account: string) => number;

/** The machine's time to the community's. */
export type ToBent = (machine: number) => number;

const HOUR_MS = 3600_000;
const MINUTE_MS = 60_000;

/** Named tables that are written when somebody comes by. */
const WRITTEN = ["vault.record", "identity.session", "pass.issued"];
const WINDOWS = [
  ["the same minutes", -15 * MINUTE_MS, 15 * MINUTE_MS],
  ["some hours after", 0.4 * HOUR_MS, 6.2 * HOUR_MS],
  ["the same day", -12 * HOUR_MS, 24 * HOUR_MS],
] as const;

/** Every way there is, by name. */
export function suspicions(traces: Traces, toBent: ToBent): Map<string, Suspicion> {
  const ways = new Map<string, Suspicion>();
  for (const [namelessTable, those] of traces.nameless)
    for (const [namedTable, these] of traces.named)
      for (const by of ["xmin", "place"] as const) {
        const [pseudonymRank, accountRank] = [ranks(those, by), ranks(these, by)];
        ways.set(
          `order ${by} ${namelessTable} ${namedTable}`,
          closeness(pseudonymRank, accountRank),
        );
      }
  const acted = timesByWho([...traces.nameless.values()].flat(), traces.commits.nameless, toBent);
  // Somebody of the circle said it, and so each of its members a little.
  const inCircle = timesByWho(
    traces.said.flatMap((row) => withMembers(row, traces)),
    traces.commits.nameless,
    toBent,
  );
  for (const tables of [WRITTEN, ...WRITTEN.map((table) => [table])]) {
    const rows = tables.flatMap((table) => traces.named.get(table)!);
    const written = timesByWho(rows, traces.commits.named, toBent);
    for (const [name, from, to] of WINDOWS)
      for (const [whose, times] of [
        ["own", acted],
        ["the circle's", inCircle],
      ] as const)
        ways.set(
          `time, ${whose}, ${name}, ${tables.join(" ")}`,
          together(times, written, traces.holders, from, to),
        );
  }

  for (const [what, pseudonyms] of Object.entries(amountsOfPseudonyms(traces)))
    for (const [of, accounts] of Object.entries(amountsOfAccounts(traces)))
      ways.set(`amount, ${what}, ${of}`, closeness(toShares(pseudonyms), toShares(accounts)));
  const values = (who: string) => traces.valuesByWho.get(who) ?? [];
  ways.set("keys and ids", (pseudonym, account) => {
    const theirs = values(pseudonym).join(" ");
    return values(account).filter((value) => theirs.includes(value)).length;
  });
  return ways;
}

/** Rows, and bytes of them: of a pseudonym, and of the circle that it sits in. */
function amountsOfPseudonyms(traces: Traces): Record<string, Map<string, number>> {
  const own = [...traces.nameless.values()].flat();
  const circles = traces.said.flatMap((row) => withMembers(row, traces));
  return {
    "own rows": countsOf(own),
    "own bytes": sumsOf(own),
    "log entries": countsOf(traces.nameless.get("circles.log_entry")!),
    "the circle's messages": countsOf(circles),
    "the circle's bytes": sumsOf(circles),
  };
}

function amountsOfAccounts({ safes, named }: Traces): Record<string, Map<string, number>> {
  const ofSafes = (of: "sequence" | "version" | "records" | "bytes") =>
    new Map([...safes].map(([who, safe]) => [who, safe[of]]));
  return {
    "writes of the safe": ofSafes("sequence"),
    "writes of one record": ofSafes("version"),
    records: ofSafes("records"),
    "bytes of the safe": ofSafes("bytes"),
    sessions: countsOf(named.get("identity.session")!),
    badges: countsOf(named.get("pass.issued")!),
  };
}

const withMembers = (row: TracedRow, { circleByPseudonym }: Traces): TracedRow[] =>
  [...circleByPseudonym].flatMap(([who, circle]) => (circle === row.who ? [{ ...row, who }] : []));

/**
 * Of one dump a night: on which days a pseudonym did something that a row shows, and on which days an account's safe
 * was written or somebody signed in anew.
 */
export function suspicionByDays(nights: readonly Traces[]): Suspicion {
  const active = (of: (traces: Traces) => ReadonlyMap<string, number>) =>
    nights.slice(1).map((traces, at) => {
      const [now, before] = [of(traces), of(nights[at]!)];
      return new Set(
        [...now].filter(([who, count]) => count > (before.get(who) ?? 0)).map(([who]) => who),
      );
    });
  const acts = active(({ nameless }) =>
    countsOf([...nameless.get("circles.pseudonym")!, ...nameless.get("circles.log_entry")!]),
  );
  const writes = active(({ safes, named }) => {
    const counts = new Map([...safes].map(([who, { sequence }]) => [who, sequence]));
    for (const { who } of named.get("identity.session")!)
      counts.set(who, (counts.get(who) ?? 0) + 1);
    return counts;
  });
  const holders = nights.at(-1)!.holders;
  return (pseudonym, account) => {
    let score = 0;
    for (const [day, who] of acts.entries()) {
      if (!who.has(pseudonym)) continue;
      const near = [writes[day], writes[day + 1]].filter((each) => each !== undefined);
      for (const each of near) {
        const share = holders.filter((holder) => each.has(holder)).length / holders.length;
        score += Math.log(((each.has(account) ? 1 : 0) + 0.2) / (share + 0.2));
      }
    }
    return score;
  };
}

function countsOf(rows: readonly { readonly who: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { who } of rows) counts.set(who, (counts.get(who) ?? 0) + 1);
  return counts;
}

function sumsOf(rows: readonly TracedRow[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { who, bytes } of rows) sums.set(who, (sums.get(who) ?? 0) + bytes);
  return sums;
}

/** Where each stands among all, from 0 to 1, by the mean of their rows. */
function ranks(rows: readonly TracedRow[], by: "xmin" | "place"): Map<string, number> {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const row of rows) {
    const value = row[by];
    if (value === null) continue;
    const known = sums.get(row.who) ?? { sum: 0, count: 0 };
    sums.set(row.who, { sum: known.sum + value, count: known.count + 1 });
  }
  return toShares(new Map([...sums].map(([who, { sum, count }]) => [who, sum / count])));
}

/** Equal numbers stand at one place. */
function toShares(numbers: ReadonlyMap<string, number>): Map<string, number> {
  const sorted = [...numbers.values()].toSorted((one, other) => one - other);
  const most = Math.max(1, sorted.length - 1);
  return new Map(
    [...numbers].map(([who, value]) => {
      const [first, last] = [sorted.indexOf(value), sorted.lastIndexOf(value)];
      return [who, (first + last) / 2 / most];
    }),
  );
}

const closeness =
  (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): Suspicion =>
  (pseudonym, account) => {
    const [here, there] = [one.get(pseudonym), other.get(account)];
    return here === undefined || there === undefined ? -0.5 : -Math.abs(here - there);
  };

function timesByWho(
  rows: readonly { readonly who: string; readonly xmin: number }[],
  commits: ReadonlyMap<number, number>,
  toBent: ToBent,
): Map<string, number[]> {
  const times = new Map<string, number[]>();
  for (const { who, xmin } of rows) {
    const machine = commits.get(xmin);
    if (machine !== undefined) push(times, who, toBent(machine));
  }
  return times;
}

function push(times: Map<string, number[]>, who: string, time: number): void {
  times.set(who, [...(times.get(who) ?? []), time]);
}

/** For every act: whether the account wrote so long after it, and how many others did. */
function together(
  acted: ReadonlyMap<string, readonly number[]>,
  written: ReadonlyMap<string, readonly number[]>,
  holders: readonly string[],
  from: number,
  to: number,
): Suspicion {
  const wroteAfter = (account: string, act: number) =>
    (written.get(account) ?? []).some((time) => time >= act + from && time <= act + to);
  const shareByAct = new Map<number, number>();
  const shareAt = (act: number) => {
    let share = shareByAct.get(act);
    if (share === undefined) {
      share = holders.filter((holder) => wroteAfter(holder, act)).length / holders.length;
      shareByAct.set(act, share);
    }
    return share;
  };
  return (pseudonym, account) => {
    let score = 0;
    for (const act of acted.get(pseudonym) ?? [])
      score += Math.log(((wroteAfter(account, act) ? 1 : 0) + 0.1) / (shareAt(act) + 0.1));
    return score;
  };
}

/**
 * Who comes often does more on both sides, and no store of rows hides how many there are. That may bring the true
 * account this far forward and no further, which leaves seven of ten holders to choose from; to name it, never.
 */
const MOST_FORWARD = 0.15;

export interface Score {
  /** Share of the pseudonyms that it names rightly; where several are equal, a share of one. */
  readonly named: number;
  /** The same for a guess among all holders. */
  readonly guessed: number;
  /** How far before the middle of all holders the true account stands in the mean: 0 by guessing, at most 0.5. */
  readonly forward: number;
  /** How likely guessing names as many. */
  readonly chance: number;
  /** How likely it comes so far forward where it really is no more than `MOST_FORWARD`. */
  readonly chanceBeyond: number;
}

export function scoreOf(
  suspicion: Suspicion,
  holders: readonly string[],
  truth: ReadonlyMap<string, string>,
): Score {
  let named = 0;
  let places = 0;
  for (const [pseudonym, account] of truth) {
    const scores = holders.map((holder) => suspicion(pseudonym, holder));
    const own = scores[holders.indexOf(account)]!;
    const above = scores.filter((score) => score > own).length;
    const equal = scores.filter((score) => score === own).length;
    if (above === 0) named += 1 / equal;
    places += 0.5 - (above + (equal - 1) / 2) / (holders.length - 1);
  }
  const guessed = 1 / holders.length;
  const forward = places / truth.size;
  return {
    named: named / truth.size,
    guessed,
    forward,
    chance: binomialTail(truth.size, guessed, Math.floor(named)),
    chanceBeyond: normalTail((forward - MOST_FORWARD) * Math.sqrt(12 * truth.size)),
  };
}

/** How likely so many of `tries` come out, or more. */
function binomialTail(tries: number, share: number, least: number): number {
  let tail = 0;
  let exactly = (1 - share) ** tries;
  for (let count = 0; count <= tries; count++) {
    if (count >= least) tail += exactly;
    exactly *= ((tries - count) / (count + 1)) * (share / (1 - share));
  }
  return Math.min(1, tail);
}

/** An upper bound for 0 and above (Chernoff): never too sure of itself. */
const normalTail = (deviations: number): number =>
  deviations <= 0 ? 1 : Math.min(1, Math.exp((-deviations * deviations) / 2));
