/** The room for what comes next. The four paths always stand here, whatever was picked. */
import type { ReactNode } from "react";
import { Card, CardList } from "#design/card-list.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Page } from "#design/page.tsx";
import { Section } from "#design/section.tsx";
import { dayText } from "#design/time.tsx";
import type { PathId } from "#library/path.ts";
import drivers from "virtual:content/check-in/drivers";
import results from "virtual:content/check-in/results";
import rules from "virtual:content/paths/rules";
import { findPaths, PATHS } from "../path-finder.ts";
import { useFinding, usePicking } from "./kept-findings.ts";
import { pathNamed } from "./paths.ts";
import { words } from "./words.ts";

/** `taken`: what was taken on elsewhere; this slice does not know of exercises. */
export function Plan({ taken }: { readonly taken?: ReactNode }) {
  const finding = useFinding();
  const [picking] = usePicking();
  const leading = finding === null ? [] : findPaths(rules, drivers, results, finding).leading;
  return (
    <Page
      title={words.home.title}
      lead={leading.length === 0 ? words.home.lead : words.home.leadFound}
      action={
        <LinkButton kind="primary" href="/plan/path">
          {picking !== null
            ? words.home.goOn
            : leading.length === 0
              ? words.home.find
              : words.home.see}
        </LinkButton>
      }
    >
      {taken}
      {finding !== null && leading.length > 0 && (
        <PathCards title={words.home.fits(dayText(finding.on, "short"))} ids={leading} />
      )}
      <PathCards
        title={leading.length === 0 ? words.home.four : words.home.others}
        ids={PATHS.filter((id) => !leading.includes(id))}
      />
    </Page>
  );
}

function PathCards({ title, ids }: { title: string; ids: readonly PathId[] }) {
  return (
    <Section title={title}>
      <CardList label={title}>
        {ids.map((id) => (
          <Card
            key={id}
            level={3}
            title={pathNamed(id).name}
            href={`/plan/path/${id}`}
            meta={pathNamed(id).inOneLine}
          />
        ))}
      </CardList>
    </Section>
  );
}
