/** The room for what comes next. The four paths always stand here, whatever was picked. */
import { Card, CardList } from "#design/card-list.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Page } from "#design/page.tsx";
import { Section } from "#design/section.tsx";
import { dayText } from "#design/time.tsx";
import drivers from "virtual:content/check-in/drivers";
import results from "virtual:content/check-in/results";
import rules from "virtual:content/paths/rules";
import { findPaths } from "../path-finder.ts";
import { useFinding, usePicking } from "./kept-findings.ts";
import { pathNamed, paths } from "./paths.ts";
import { words } from "./words.ts";

export function Plan() {
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
      {finding !== null && leading.length > 0 && (
        <Section title={words.home.fits(dayText(finding.on, "short"))}>
          <CardList>
            {leading.map((id) => (
              <Card
                key={id}
                level={3}
                title={pathNamed(id).name}
                href="/plan/path"
                meta={pathNamed(id).inOneLine}
              />
            ))}
          </CardList>
        </Section>
      )}
      <Section title={words.home.four}>
        <CardList label={words.home.four}>
          {paths.map((path) => (
            <Card
              key={path.id}
              level={3}
              title={path.name}
              href={`/plan/path/${path.id}`}
              meta={path.inOneLine}
            />
          ))}
        </CardList>
      </Section>
    </Page>
  );
}
