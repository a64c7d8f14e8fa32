/** `npm run prove [-- NAME] [--small] [--json]`: runs the proofs and prints one line each. */
import { proofNames, type ProofName } from "./names.ts";
import type { Proof, Verdict } from "./proof.ts";

const words = process.argv.slice(2);
const small = words.includes("--small");
const asJson = words.includes("--json");
const asked = words.filter((word) => !word.startsWith("--"));
const unknown = asked.find((name) => !proofNames.includes(name as ProofName));
if (unknown !== undefined) {
  console.error(`There is no proof called ${unknown}. There are: ${proofNames.join(", ")}.`);
  process.exit(2);
}

let isWhole = true;
for (const name of asked.length > 0 ? (asked as ProofName[]) : proofNames) {
  const { prove } = (await import(`./${name}.ts`)) as { prove: Proof };
  const log = (line: string) => console.error(`  ${line}`);
  if (!asJson) console.error(`${name} …`);
  const verdict = await prove({ small, log }).catch((error: unknown): Verdict => {
    console.error(error);
    return { holds: false, control: "missed", size: 0, figures: {} };
  });
  isWhole &&= verdict.holds && verdict.control === "caught";
  if (asJson) console.log(JSON.stringify({ proof: name, ...verdict }));
  else console.log(toWords(name, verdict));
}
process.exit(isWhole ? 0 : 1);

function toWords(name: string, { holds, control, size, figures }: Verdict): string {
  const told = Object.entries(figures).map(([figure, value]) => `${figure} ${value}`);
  return `${name.padEnd(20)} ${holds ? "holds" : "DOES NOT HOLD"}, control ${control}, size ${size}  ${told.join(", ")}`;
}
