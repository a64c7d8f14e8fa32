/**
 * Rosters (rule 4): one identical letter for the whole roster at one moment, with one code to type on
 * another device. What is kept of a roster can't tell who used the code, and no view shows how many did.
 */
import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { ok, refuse } from "#platform/result.ts";
import { mount, type Mounting } from "#platform/server/http.ts";
import { enqueueLetters } from "#platform/server/letters.ts";
import { codeToShown, makeCode } from "#identity/invitation.ts";
import type { RosterKind } from "#identity/verification.ts";
import { MOST_ROSTER_LINES, readRoster, type RosterLine } from "#identity/roster.ts";
import { addSponsor, readRosters, sendRoster } from "../contract.ts";
import { logDecision } from "./decision-store.ts";
import type { StewardshipDeps } from "./deps.ts";
import { hash } from "./inviting.ts";
import { dateOf, dateToLetter, lettersDueAt, rosterWindowEnds } from "./policy.ts";
import { presentRoster, presentSponsor } from "./present.ts";
import {
  allSponsors,
  alreadyWritten,
  holdSponsor,
  keepRoster,
  keepSponsor,
  openRosters,
  type StewardshipWithin,
} from "./store.ts";

export function rosterRoutes(mounting: Mounting, deps: StewardshipDeps): void {
  const { db, clock } = deps;

  mount(mounting, sendRoster, async ({ body }) => {
    const { lines, problems } = readRoster(body.csv);
    if (lines.length + problems.length > MOST_ROSTER_LINES) return refuse({ type: "TooManyLines" });
    return db.transaction().execute(async (within) => {
      const sponsor = await holdSponsor(within, body.sponsor);
      if (!sponsor) return refuse({ type: "SponsorNotFound" });
      const { fresh, written } = await partWritten(within, deps, body.sponsor, lines);
      const told = [
        ...problems,
        ...written.map(({ line }) => ({ line, reason: "AlreadyWritten" as const })),
      ].toSorted((one, other) => one.line - other.line);
      const answer = { goodLines: fresh.length, problems: told };
      if (body.onlyCheck) return ok({ ...answer, windowEnds: null });
      if (fresh.length === 0) return refuse({ type: "NoGoodLine" });
      const of = { sponsor: body.sponsor, kind: sponsor.kind };
      return ok({ ...answer, windowEnds: await send(within, deps, of, fresh) });
    });
  });

  mount(mounting, readRosters, async () => {
    const rosters = await openRosters(db, dateOf(clock.now()));
    const sponsors = await allSponsors(db);
    return ok({ rosters: rosters.map(presentRoster), sponsors: sponsors.map(presentSponsor) });
  });

  mount(mounting, addSponsor, ({ body: { name, kind } }) =>
    db.transaction().execute(async (within) => {
      const id = randomUUID();
      if (!(await keepSponsor(within, { id, name, kind }))) return refuse({ type: "NameTaken" });
      // That a roster was sent is not logged: what stands behind it in the log would tell who came of it.
      if (kind !== "employer") await logDecision(within, clock, { kind: "sponsor", detail: kind });
      return ok({ id });
    }),
  );
}

// A roster sent twice, or once more with its bad lines mended, must not write to anybody twice.
async function partWritten(
  within: StewardshipWithin,
  deps: StewardshipDeps,
  sponsor: string,
  lines: readonly RosterLine[],
): Promise<{ fresh: RosterLine[]; written: RosterLine[] }> {
  const { addresses, clock } = deps;
  const keyed = lines.map((line) => ({ line, index: addresses.index(line.email) }));
  const indexes = keyed.map(({ index }) => index);
  const found = await alreadyWritten(within, sponsor, indexes, dateOf(clock.now()));
  const known = new Set(found.map((index) => index.toString("hex")));
  const isKnown = ({ index }: { index: Buffer }) => known.has(index.toString("hex"));
  return {
    fresh: keyed.filter((entry) => !isKnown(entry)).map(({ line }) => line),
    written: keyed.filter(isKnown).map(({ line }) => line),
  };
}

/** Answers with the last day of the window. */
async function send(
  within: StewardshipWithin,
  deps: StewardshipDeps,
  of: { readonly sponsor: string; readonly kind: RosterKind },
  lines: readonly RosterLine[],
): Promise<string> {
  const { addresses } = deps;
  const code = makeCode(randomBytes);
  const due = lettersDueAt(deps.clock.now());
  const windowEnds = rosterWindowEnds(due);
  // Rows and letters come in an order of their own, so that a place in the queue is no place in the file.
  const shuffled = shuffle(lines);
  await keepRoster(within, {
    id: randomUUID(),
    ...of,
    codeHash: hash(code),
    letterOn: dateOf(due),
    windowEnds,
    lines: shuffled.map(({ email, stage }) => ({
      index: addresses.index(email),
      sealed: addresses.seal(email),
      stage,
    })),
  });
  const fields = {
    code: codeToShown(code),
    // To be typed on another device than the one the letter is read on.
    address: `${deps.origin().replace(/^https?:\/\//, "")}/join`,
    until: dateToLetter(windowEnds),
  };
  const letters = shuffle(lines).map(({ email }) => ({
    letter: { template: "roster-letter", to: email, fields },
  }));
  await enqueueLetters(within, deps.letterKey, letters, due);
  return windowEnds;
}

// Fisher and Yates.
function shuffle<Item>(items: readonly Item[]): Item[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}
