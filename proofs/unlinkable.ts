/**
 * Nobody can tell which doctor is behind a pseudonym: a simulated community lives under a bent clock, with the truth
 * known to the simulation alone; then an attacker with all files of both databases, their write-ahead logs, dumps
 * and the server's log tries order, time, number, size, keys and ids, and must name no more than guessing among all
 * who hold that badge does. A series of daily dumps is measured besides and told, not promised. In the control nothing is
 * taken away at night and the safe is written at once: there the attacker must win.
 */
import pg from "pg";
import { ADVISORY_LOCKS } from "#platform/server/advisory-locks.ts";
import { findRunning } from "#platform/server/embedded-postgres.ts";
import { makeDataDir, removeDataDir } from "./instance.ts";
import { startGround, type Ground } from "./nameless-ground.ts";
import type { Proof } from "./proof.ts";
import {
  scoreOf,
  suspicionByDays,
  suspicions,
  type Score,
  type Suspicion,
} from "./unlinkable-attack.ts";
import { live, type LifePlan, type Lived } from "./unlinkable-life.ts";
import { CLUSTERS, othersIn, readTraces, type Traces } from "./unlinkable-traces.ts";

/** Guessing does as well in any one of all the ways less than once in a thousand proofs. */
const LEAST_CHANCE = 0.001;

export const prove: Proof = async ({ small, log }) => {
  const [count, days, daysOfControl] = small ? [40, 7, 4] : [200, 28, 7];
  const dataDir = await makeDataDir();
  let ground: Ground | null = null;
  try {
    log(`${count} doctors join and are verified`);
    ground = await startGround(dataDir, count, { signingIn: 0 });
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
      holds: first.lived.said > 0 && first.isGuessing && first.found === 0,
      control: !control.isGuessing && control.ways[0]!.named > 0.25 ? "caught" : "missed",
      size: first.lived.truth.size,
      figures: {
        pseudonyms: first.lived.truth.size,
        messages: first.lived.said,
        foundOnTheOtherSide: first.found,
        ways: first.ways.length,
        guessed: round(first.ways[0]!.guessed),
        namedAtBest: round(Math.max(...first.ways.map(({ named }) => named))),
        forwardAtMost: round(Math.max(...first.ways.map(({ forward }) => forward))),
        namedByMorningDumps: round(first.dumps.named),
        namedByEveningCopies: round(first.evenings.named),
        namedInControl: round(control.ways[0]!.named),
      },
    };
  } finally {
    await ground?.instance.stop();
    await removeDataDir(dataDir);
  }
};

type Way = Score & { readonly way: string };

interface Watched {
  readonly lived: Lived;
  /** The one that guessing explains least comes first. */
  readonly ways: readonly Way[];
  /** No way is better than guessing, as far as so many pseudonyms can tell. */
  readonly isGuessing: boolean;
  /** The best that can be made of a copy a day, which isn't promised. */
  readonly dumps: Way;
  readonly evenings: Way;
  /** Accounts in files of the nameless cluster, pseudonyms in those of the named one, either in the server's log. */
  readonly found: number;
}

async function watch(
  ground: Ground,
  period: string,
  plan: Omit<LifePlan, "onCopy">,
): Promise<Watched> {
  const { instance } = ground;
  const copies = { evening: [] as Traces[], morning: [] as Traces[] };
  const lived = await live(ground, {
    ...plan,
    onCopy: async (when) => void copies[when].push(await readTraces(instance, period)),
  });
  const last = copies.morning.at(-1)!;
  const { truth, times } = lived;
  // In the control the log of all days is kept.
  const traces = plan.isDefended ? last : { ...last, commits: together(copies.evening).commits };
  const toBent = (machine: number) => {
    const before = times.findLast((each) => each.machine <= machine) ?? times[0]!;
    return before.bent + (machine - before.machine);
  };
  const judged = (ways: ReadonlyMap<string, Suspicion>) =>
    [...ways]
      .map(([way, each]) => ({ way, ...scoreOf(each, last.holders, truth) }))
      .toSorted((one, other) => likelihoodOf(one) - likelihoodOf(other));
  const ways = judged(suspicions(traces, toBent));
  const written = instance.output();
  const inLog = [...truth].flat().filter((who) => written.includes(who)).length;
  return {
    lived,
    ways,
    isGuessing: likelihoodOf(ways[0]!) * ways.length > LEAST_CHANCE,
    dumps: judged(new Map([["a dump every morning", suspicionByDays(copies.morning)]]))[0]!,
    evenings: judged(suspicions(together(copies.evening), toBent))[0]!,
    found: inLog + (await othersIn(instance, truth)),
  };
}

/** That guessing, and what may not be hidden, explain it. */
const likelihoodOf = ({ chance, chanceBeyond }: Score): number => Math.min(chance, chanceBeyond);

/** Of all copies what each of them shows. */
function together(copies: readonly Traces[]): Traces {
  const last = copies.at(-1)!;
  const all = (side: "named" | "nameless") =>
    new Map(
      [...last[side].keys()].map((table) => [
        table,
        copies.flatMap((copy) => copy[side].get(table)!),
      ]),
    );
  const commits = (side: "named" | "nameless") =>
    new Map(copies.flatMap((copy) => [...copy.commits[side]]));
  return {
    ...last,
    said: copies.flatMap(({ said }) => said),
    named: all("named"),
    nameless: all("nameless"),
    commits: { named: commits("named"), nameless: commits("nameless") },
  };
}

const SHOWN = 5;

function tell(log: (line: string) => void, watched: Watched): void {
  const { ways, dumps, evenings, lived } = watched;
  log(
    `${lived.truth.size} pseudonyms, ${lived.said} messages, ${watched.found} found on the other side`,
  );
  const told = ({ way, named, guessed, chance, forward }: Way, before = "") =>
    log(
      `  ${before}${way}: ${percent(named)} named, by guessing ${percent(guessed)} (p ${chance.toExponential(0)}), ${percent(forward)} forward`,
    );
  for (const each of ways.slice(0, SHOWN)) told(each);
  told(ways.toSorted((one, other) => other.forward - one.forward)[0]!, "furthest forward: ");
  told(dumps, "series: ");
  told(evenings, "series of a copy every evening: ");
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const round = (value: number): number => Math.round(value * 1000) / 1000;

/** The lock that every night takes is taken on both sides: so none comes, whoever plans it. */
async function withoutNights<Done>(dataDir: string, run: () => Promise<Done>): Promise<Done> {
  const clients: pg.Client[] = [];
  try {
    for (const cluster of CLUSTERS) {
      const client = new pg.Client((await findRunning({ dataDir, cluster }))!);
      await client.connect();
      clients.push(client);
      await client.query("select pg_advisory_lock($1)", [ADVISORY_LOCKS.night]);
    }
    return await run();
  } finally {
    for (const client of clients) await client.end();
  }
}
