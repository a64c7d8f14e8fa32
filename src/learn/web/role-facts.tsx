/** Other work in short: what it asks for, when it pays, how to come back from it, and a small test first. */
import { Facts } from "#design/facts.tsx";
import { Section } from "#design/section.tsx";
import type { Role } from "../front-matter.ts";
import { Points } from "./evidence-facts.tsx";
import { words } from "./words.ts";

export function RoleFacts({ role }: { readonly role: Role }) {
  const text = words.role;
  return (
    <Section title={text.facts}>
      <Facts
        facts={[
          { term: text.timeToFirstIncome, value: role.timeToFirstIncome },
          { term: text.pay, value: payText(role.pay) },
          { term: text.remote, value: role.remote },
          { term: text.reversibility, value: role.reversibility },
          { term: text.smallTest, value: role.smallTest },
        ]}
      />
      <Points title={text.prerequisites} texts={role.prerequisites} />
      <Points title={text.warnings} texts={role.warnings} />
    </Section>
  );
}

function payText(pay: Role["pay"]): string {
  if (pay === null) return words.role.payUnknown;
  const from = words.role.payFrom(pay.source, pay.year);
  const memory = pay.seen === "memory" ? ` ${words.evidence.fromMemory}` : "";
  return `${pay.range} (${from}).${memory}`;
}
