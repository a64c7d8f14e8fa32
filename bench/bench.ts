/** `npm run bench [-- NAME] [--instances DIR] [--json]`: measures, and prints figures; nothing here passes or fails. */
import { parseArgs } from "node:util";

const BENCHES = [
  "slots",
  "start",
  "http",
  "match",
  "scoring",
  "crisis",
  "pass",
  "formation",
  "registry",
  "rooms",
  "idle",
  "search",
  "rooms-size",
] as const;

export interface BenchOptions {
  readonly instances?: string;
  readonly log: (line: string) => void;
}
export type Bench = (options: BenchOptions) => Promise<Record<string, number>>;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false }, instances: { type: "string" } },
});
const unknown = positionals.find((name) => !BENCHES.some((bench) => bench === name));
if (unknown !== undefined) {
  console.error(`There is no bench called ${unknown}. There are: ${BENCHES.join(", ")}.`);
  process.exit(2);
}

for (const name of positionals.length > 0 ? positionals : BENCHES) {
  const { bench } = (await import(`./${name}.ts`)) as { bench: Bench };
  const { instances } = values;
  const figures = await bench({
    log: (line) => console.error(`  ${line}`),
    ...(instances === undefined ? {} : { instances }),
  });
  if (values.json) console.log(JSON.stringify({ bench: name, figures }));
  else
    for (const [figure, value] of Object.entries(figures))
      console.log(`${name} ${figure} ${value}`);
}
process.exit(0);
