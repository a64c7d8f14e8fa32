/**
 * The name a member has until they choose one: a word and a bird or tree. It follows from the circle and the
 * seat alone, so all devices agree and the server has no say. In one circle no two names share a first letter in
 * either word, so that nobody is taken for somebody else at the end of a night.
 */
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import * as v from "valibot";
import { framedBytes, utf8ToBytes } from "#platform/bytes.ts";

/** As many as can ever sit in one circle, those who left included. */
export const MOST_SEATS = 16;
const WORDS_IN_A_ROW = 4;

const rowSchema = v.pipe(
  v.array(v.pipe(v.string(), v.regex(/^[a-z]{3,12}$/, "a word in small letters"))),
  v.length(WORDS_IN_A_ROW),
  v.check((row) => new Set(row).size === row.length, "words differ"),
  v.check((row) => new Set(row.map((word) => word[0])).size === 1, "words begin alike"),
);
const rowsSchema = v.pipe(
  v.array(rowSchema),
  v.length(MOST_SEATS),
  v.check(
    (rows) => new Set(rows.map(([word]) => word?.[0])).size === rows.length,
    "letters differ",
  ),
);

export const circleNamesSchema = v.strictObject({
  kind: v.literal("circle-names"),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  adjectives: rowsSchema,
  birdsAndTrees: rowsSchema,
});
export type CircleNames = v.InferOutput<typeof circleNamesSchema>;

/** Names of all seats of a circle there can ever be, by the seat's number from 0: `Quiet Heron`. */
export function pseudonymNames(names: CircleNames, circle: string): readonly string[] {
  const adjectives = words(names.adjectives, circle, "adjectives");
  const birdsAndTrees = words(names.birdsAndTrees, circle, "birds and trees");
  return adjectives.map((word, seat) => `${capital(word)} ${capital(birdsAndTrees[seat]!)}`);
}

/** One word of each row, the rows in an order of the circle's own (Fisher and Yates). */
function words(rows: CircleNames["adjectives"], circle: string, list: string): string[] {
  const info = framedBytes("callroom/v1/circle-names", list);
  const chance = hkdf(sha256, utf8ToBytes(circle), undefined, info, 2 * MOST_SEATS);
  const drawn = rows.map((row, at) => row[chance[at]! % WORDS_IN_A_ROW]!);
  for (let last = drawn.length - 1; last > 0; last--) {
    const other = chance[MOST_SEATS + last]! % (last + 1);
    [drawn[last], drawn[other]] = [drawn[other]!, drawn[last]!];
  }
  return drawn;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
