/**
 * Learns content/crisis/points.yaml anew from content/crisis/labelled.yaml and ordinary.yaml. To be run after
 * one of them or the spellings have changed; a test tells when. `node bin/callroom-run bin/crisis-points.ts`
 */
import { readFile, writeFile } from "node:fs/promises";
import { parse } from "yaml";
import { readLabelled, readPoints, readSigns } from "../src/library/content-file.ts";
import { readContentFile } from "../src/library/server/content-folder.ts";
import { learnFromLabelled, pointsByWeight } from "../src/reflect/crisis-learning.ts";

const FILE = "content/crisis/points.yaml";

const signs = await readContentFile("content", "crisis/signs", readSigns);
const labelled = await readContentFile("content", "crisis/labelled", readLabelled);
const ordinary = await readContentFile("content", "crisis/ordinary", readLabelled);
const learned = learnFromLabelled(labelled, ordinary, signs);

const before = await readFile(FILE, "utf8");
const lines = pointsByWeight(learned).map(
  ({ each, features }) =>
    `  - { each: ${each}, features: [${features.map((feature) => JSON.stringify(feature)).join(", ")}] }`,
);
const after = before
  .replace(/^base: .*$/m, `base: ${learned.base}`)
  .replace(/^points:[^]*/m, `points:\n${lines.join("\n")}\n`);
if (!readPoints(parse(after)).ok) throw new Error(`${FILE} would not fit its schema.`);
await writeFile(FILE, after);
