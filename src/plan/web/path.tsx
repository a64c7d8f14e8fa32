/** One path: what it is for, whom it suits, what happens on it, what it can't do, and what is known of it. */
import { Link, useParams } from "wouter";
import { Card, CardList } from "#design/card-list.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Page } from "#design/page.tsx";
import { Section } from "#design/section.tsx";
import { EvidenceCard } from "#library/web/evidence.tsx";
import { coachHref, paths } from "./paths.ts";
import { words } from "./words.ts";
import style from "./plan.module.css";

const back = { href: "/plan", text: words.path.back };

export function PathPage() {
  const { id } = useParams<{ id: string }>();
  const path = paths.find((candidate) => candidate.id === id);
  if (path === undefined)
    return (
      <Page title={words.home.four} back={back}>
        <EmptyState
          text={words.path.missing}
          action={<LinkButton href="/plan">{words.path.toPlan}</LinkButton>}
        />
      </Page>
    );
  return (
    <Page
      key={path.id}
      title={path.name}
      lead={path.inOneLine}
      back={back}
      action={
        <LinkButton kind="primary" href={coachHref(path.id)}>
          {words.path.coach}
        </LinkButton>
      }
    >
      <Section title={words.path.purpose}>
        <p>{path.purpose}</p>
      </Section>
      <Points title={words.path.suits} texts={path.suits} />
      <Points title={words.path.happens} texts={path.happens} />
      <Section title={words.path.first}>
        <p>{path.firstStep}</p>
      </Section>
      <Points title={words.path.cannot} texts={path.cannot} />
      <Section title={words.path.programmes} lead={words.path.programmesLead}>
        <ul className={style["points"]}>
          {words.path.stages.map(({ id: stage, text }) => (
            <li key={stage}>
              <Link href={`/learn/programmes/${path.id}-${stage}`}>{text}</Link>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={words.path.evidence} lead={words.path.evidenceLead}>
        {path.evidence.map((evidence) => (
          <EvidenceCard key={evidence.says} evidence={evidence} />
        ))}
      </Section>
      <Section title={words.path.others}>
        <CardList label={words.path.others}>
          {paths
            .filter((other) => other.id !== path.id)
            .map((other) => (
              <Card
                key={other.id}
                level={3}
                title={other.name}
                href={`/plan/path/${other.id}`}
                meta={other.inOneLine}
              />
            ))}
        </CardList>
      </Section>
    </Page>
  );
}

function Points({ title, texts }: { title: string; texts: readonly string[] }) {
  return (
    <Section title={title}>
      <ul className={style["points"]}>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Section>
  );
}
