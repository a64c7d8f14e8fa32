import { readdirSync, readFileSync } from "node:fs";
import { Kysely, PostgresDialect } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { readVocabulary } from "#coaching/directory/vocabulary.ts";
import { readVerifications } from "#stewardship/verification-contract.ts";
import { decisionsAfter } from "#stewardship/server/decision-store.ts";
import type { StewardshipDb } from "#stewardship/server/store.ts";
import { withStewardship } from "../../../tests/stewardship.ts";
import { readSampleCommunity } from "../sample-community.ts";
import { keepSampleVerifications } from "./sample-verifications.ts";

const room = withStewardship();
const content = new URL("../../../content/", import.meta.url);
const file = (path: string): unknown => parse(readFileSync(new URL(path, content), "utf8"));

beforeEach(async () => {
  const vocabulary = readVocabulary({
    specialties: file("specialties.yaml"),
    livedExperiences: file("lived-experiences.yaml"),
    styles: file("coaching-styles.yaml"),
    languages: file("languages.yaml"),
  });
  if (!vocabulary.ok) throw new Error("The vocabulary must be readable");
  const coaches = readdirSync(new URL("sample/coaches/", content));
  const files = {
    community: file("sample/community.yaml"),
    members: file("sample/members.yaml"),
    circles: file("sample/circles.yaml"),
    circleThemes: file("circles/themes.yaml"),
    coaches: Object.fromEntries(coaches.map((name) => [name, file(`sample/coaches/${name}`)])),
  };
  const sample = readSampleCommunity(files, vocabulary.value, "2026-11-22");
  if (!sample.ok) throw new Error("The sample must be readable");
  const accounts = new Map<string, string>();
  for (const { email, name } of sample.value.members)
    accounts.set(email, (await room.join([], name)).account);
  const owner = new Kysely<never>({
    dialect: new PostgresDialect({ pool: room.cluster.owner }),
  });
  await owner
    .transaction()
    .execute((within) => keepSampleVerifications(within, room, sample.value, accounts));
});

test("the stewards' queue shows who of the sample waits, with what speaks for each", async () => {
  const { verifications, rosters } = await room.must(readVerifications);
  const shown = verifications.map(({ name, way, claim, vouchers, confirmedAt }) => ({
    name,
    way,
    vouchers,
    confirmedAt,
    licence: claim && `${claim.country} ${claim.number}`,
  }));
  expect(shown.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
    entry("Adaeze", "roster", "US 2999999990"),
    { ...entry("Bram", "vouching", "US 2000000002"), vouchers: ["Rosalind", "Teo"] },
    entry("Ikram", "npi", "US 2333333336"),
    entry("Pascal", "roster", null),
    {
      ...entry("Sunniva", "institution-mail", "IE SAMPLE000777"),
      confirmedAt: "lanternside.example.com",
    },
  ]);
  expect(rosters).toMatchObject([
    { sponsor: "Breakwater Medical School (sample)", kind: "students", waiting: 1 },
    { sponsor: "Saltmarsh Family Medicine Residency (sample)", kind: "residents", waiting: 1 },
  ]);
});

test("who of the sample is verified has a licence's mark, and who was refused has no claim", async () => {
  const { rows } = await room.cluster.owner.query<Record<string, unknown>>(
    `select state, count(*)::int as members, count(m.mark)::int as marks, count(claim_sealed)::int as claims
     from identity.verification v left join identity.licence_mark m on m.account = v.account
     group by state order by state`,
  );
  expect(rows).toEqual([
    { state: "asked", members: 5, marks: 0, claims: 5 },
    { state: "refused", members: 1, marks: 0, claims: 0 },
    { state: "verified", members: 7, marks: 7, claims: 7 },
  ]);
});

test("every decision about the sample's members stands in the log that members read", async () => {
  const db: StewardshipDb = room.cluster.as("stewardship");
  const kinds = (await decisionsAfter(db, 0)).map(({ kind, detail }) => `${kind} ${detail}`);
  expect(kinds.filter((kind) => kind.startsWith("verification-"))).toHaveLength(8);
  expect(kinds).toContain("institution listed");
  expect(kinds).toContain("sponsor residents");
  expect(kinds).toContain("verification-refused name-differs");
});

const entry = (name: string, way: string, licence: string | null) => ({
  name,
  way,
  licence,
  vouchers: [] as string[],
  confirmedAt: null as string | null,
});
