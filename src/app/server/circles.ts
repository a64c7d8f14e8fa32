/** Hands the circles what they need: their own keys, the pass ground, and of the named side the stewards' log alone. */
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { parse } from "yaml";
import { circleHoursSchema } from "#library/circle-content.ts";
import { hoursOf } from "#circles/live/meetings.ts";
import type { CirclesDeps } from "#circles/server/deps.ts";
import { relaySecretOf } from "#circles/server/relay.ts";
import type { Challenges } from "#pass/server/challenges.ts";
import type { Community } from "#pass/challenge.ts";
import type { CurrentLog } from "#pass/server/nameless-origin.ts";
import type { Clock } from "#platform/clock.ts";
import { redact, reveal, type Redacted } from "#platform/redacted.ts";
import type { NamelessCluster } from "#platform/server/db.ts";
import type { Log } from "#platform/server/log.ts";
import { makeTickets } from "#platform/server/tickets.ts";
import { logDecision } from "#stewardship/server/decision-store.ts";
import { stewardLogEntries, type KeyWithin } from "#stewardship/server/key-store.ts";
import { epochKeysIn, storedStewardLogState } from "#stewardship/steward-log.ts";

/** Its words are the screens' business. */
const themesSchema = v.object({ themes: v.array(v.object({ id: v.string() })) });

interface CirclesOutside {
  readonly nameless: NamelessCluster;
  /** Reads the stewards' log. */
  readonly stewardship: KeyWithin;
  /** Writes into the log that members read. */
  readonly decisions: Parameters<typeof logDecision>[0];
  readonly signReplacement: CirclesDeps["signReplacement"];
  readonly key: Redacted<Uint8Array>;
  readonly contentFolder: string;
  /** Of the community; null before there is one. */
  readonly readCountry: () => Promise<string | null>;
  /** Addresses of the relay that voices go through; none where it isn't set up. */
  readonly turnUrls: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  readonly community: Community;
  readonly currentLog: CurrentLog;
  readonly challenges: Challenges;
}

export async function circlesDeps(outside: CirclesOutside): Promise<CirclesDeps> {
  const { nameless, stewardship, decisions, key, contentFolder, readCountry, turnUrls, ...rest } =
    outside;
  const derived = (label: string) =>
    redact(createHmac("sha256", reveal(key)).update(`callroom/v1/circles/${label}`).digest());
  const text = await readFile(join(contentFolder, "circles/themes.yaml"), "utf8");
  const { themes } = v.parse(themesSchema, parse(text));
  const hoursText = await readFile(join(contentFolder, "circles/hours.yaml"), "utf8");
  const hours = v.parse(circleHoursSchema, parse(hoursText));
  return {
    ...rest,
    db: nameless.as("circles"),
    cluster: nameless,
    tickets: makeTickets(derived("visits"), rest.clock),
    employerKey: derived("employers"),
    stampSealKey: derived("stamps"),
    themes: new Set(themes.map(({ id }) => id)),
    readHours: async () => hoursOf(hours, await readCountry()),
    signalKey: derived("signals"),
    relay: turnUrls.length === 0 ? null : { urls: turnUrls, secret: relaySecretOf(key) },
    logDecision: (detail) => logDecision(decisions, rest.clock, { kind: "report", detail }),
    readStewards: async () => {
      const entries = await stewardLogEntries(stewardship);
      return {
        count: storedStewardLogState(entries)?.stewards.length ?? 0,
        keysOf: (epoch) => epochKeysIn(entries, epoch),
      };
    },
  };
}
