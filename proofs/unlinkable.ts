/**
 * Nobody can tell which doctor is behind a pseudonym: a simulated community lives under a bent clock, with the truth
 * known to the simulation alone; then an attacker with all files of both databases, their write-ahead logs, dumps
 * and the server's log tries order, time, number, size, keys and ids, and must not do better than guessing among all
 * who hold that badge. A series of daily dumps is measured besides and told, not promised. In the control nothing is
 * taken away at night and the safe is written at once: there the attacker must win.
 */
import pg from "pg";
import { findRunning } from "#platform/server/embedded-postgres.ts";
import { makeDataDir, removeDataDir } from "./instance.ts";
import { startGround, type Ground } from "./nameless-ground.ts";
import type { Proof } from "./proof.ts";
import { scoreOf, suspicionByDays, suspicions, type Score } from "./unlinkable-attack.ts";
import { live, type LifePlan, type Lived } from "./unlinkable-life.ts";
import { readTraces, type Traces } from "./unlinkable-traces.ts";

/** Guessing does as well in any one of all the ways less than once in a thousand proofs. */
const LEAST_CHANCE = 0.001;

export const prove: Proof = async ({ small, log }) => {
  const [count, days, daysOfControl] = small ? [40, 7, 4] : [200, 28, 7];
  const dataDir = await makeDataDir();
  let ground: Ground | null = null;
  try {
    log(`${count} doctors join and are verified`);
    ground = await startGround(dataDir, count);
    const chance = Math.random;
    log(`${days} days`);
    const first = await watch(ground, "2027-02", {
      firstDay: "2027-02-01",
      days,
      isDefended: true,
      chance,
    });
    tell(log, first);

    log(`control: ${daysOfControl} days with nothing taken away`);
    const control = await withoutNights(dataDir, () =>
      watch(ground!, "2027-04", {
        firstDay: "2027-04-01",
        days: daysOfControl,
        isDefended: false,
        chance,
      }),
    );
    tell(log, control);
    return {
      holds: first.lived.said > 0 && first.isGuessing && !first.isInLog,
      control: !control.isGuessing && control.best.named > 0.25 ? "caught" : "missed",
      size: first.lived.truth.size,
      figures: {
        pseudonyms: first.lived.truth.size,
        messages: first.lived.said,
        ways: first.scores.size,
        guessed: round(first.best.guessed),
        named: round(first.best.named),
        namedByDailyDumps: round(first.series.named),
        namedInControl: round(control.best.named),
      },
    };
  } finally {
    await ground?.instance.stop();
    await removeDataDir(dataDir);
  }
};

interface Watched {
  readonly lived: Lived;
  readonly scores: ReadonlyMap<string, Score>;
  /** Of the way that guessing explains least. */
  readonly best: Score;
  /** No way is better than guessing, as far as so few pseudonyms can tell. */
  readonly isGuessing: boolean;
  readonly series: Score;
  /** An account or a pseudonym stands in what the server wrote. */
  readonly isInLog: boolean;
}

async function watch(
  ground: Ground,
  period: string,
  plan: Omit<LifePlan, "onNight">,
): Promise<Watched> {
  const { instance } = ground;
  const nights: Traces[] = [];
  const read = async () => void nights.push(await readTraces(instance, period));
  const lived = await live(ground, { ...plan, onNight: read });
  const last = nights.at(-1)!;
  const { truth, times } = lived;
  // In the control the log of all days is kept.
  const traces = plan.isDefended ? last : { ...last, commits: allCommits(nights) };
  const toBent = (machine: number) => {
    const before = times.findLast((each) => each.machine <= machine) ?? times[0]!;
    return before.bent + (machine - before.machine);
  };
  const scores = new Map(
    [...suspicions(traces, toBent)].map(([way, each]) => [way, scoreOf(each, last.holders, truth)]),
  );
  const [best] = [...scores.values()].toSorted(byChance);
  const written = instance.output();
  const isInLog = [...truth].flat().some((who) => written.includes(who));
  return {
    lived,
    scores,
    best: best!,
    isGuessing: best!.chance * scores.size > LEAST_CHANCE,
    series: scoreOf(suspicionByDays(nights), last.holders, truth),
    isInLog,
  };
}

function allCommits(nights: readonly Traces[]): Traces["commits"] {
  return {
    named: new Map(nights.flatMap(({ commits }) => [...commits.named])),
    nameless: new Map(nights.flatMap(({ commits }) => [...commits.nameless])),
  };
}

function tell(log: (line: string) => void, { scores, series, lived }: Watched): void {
  log(`${lived.truth.size} pseudonyms, ${lived.said} messages`);
  const told = ([way, { named, guessed, chance }]: readonly [string, Score]) =>
    log(
      `  ${way}: ${percent(named)} named, by guessing ${percent(guessed)} (p ${chance.toExponential(0)})`,
    );
  const best = [...scores].toSorted(([, one], [, other]) => byChance(one, other));
  for (const each of best.slice(0, SHOWN)) told(each);
  told(["a series of daily dumps", series]);
}

const SHOWN = 5;
const byChance = (one: Score, other: Score): number => one.chance - other.chance;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const round = (value: number): number => Math.round(value * 1000) / 1000;

/** The lock that every night takes is taken: so none comes, whoever plans it. */
async function withoutNights<Done>(dataDir: string, run: () => Promise<Done>): Promise<Done> {
  const address = await findRunning({ dataDir, cluster: "nameless" });
  const client = new pg.Client(address!);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(7160414)");
    return await run();
  } finally {
    await client.end();
  }
}
