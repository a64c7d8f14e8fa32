/** One text of Learn: what it says, what it leans on, and what to try next. */
import { useCallback, useRef, useState } from "react";
import { useParams } from "wouter";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { Icon } from "#design/icon.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Page } from "#design/page.tsx";
import { Section } from "#design/section.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import { dayText } from "#design/time.tsx";
import { EvidenceCard } from "#library/web/evidence.tsx";
import type { Source } from "../front-matter.ts";
import { readingMinutes, type LearnText } from "../learn-text.ts";
import { withRead } from "../kept-reading.ts";
import { DocumentView } from "./document-view.tsx";
import { EntryCards, entriesNamed } from "./entry-cards.tsx";
import { EvidenceFacts } from "./evidence-facts.tsx";
import { ProgrammeSteps, type ExerciseStanding } from "./programme-steps.tsx";
import { useChangeReading, useFetched, useReading, useReadingPlace } from "./reading.ts";
import { RoleFacts } from "./role-facts.tsx";
import { fetchText } from "./texts.ts";
import { words } from "./words.ts";
import style from "./learn.module.css";

const back = { href: "/learn", text: words.back };

export interface TextPageProps {
  /** How far the reader is with exercises; the app hands it in, because Learn knows nothing of them. */
  readonly standing: ExerciseStanding;
}

export function TextPage({ standing }: TextPageProps) {
  const { shelf, id } = useParams<{ shelf: string; id: string }>();
  const name = `learn/${shelf}/${id}`;
  const [fetched, again] = useFetched(useCallback(() => fetchText(name), [name]));
  if (fetched.at === "fetching")
    return (
      <Page title={titleOf(name)} back={back}>
        <Skeleton label={words.loading} lines={8} />
      </Page>
    );
  if (fetched.at === "away")
    return (
      <Page title={titleOf(name)} back={back}>
        <EmptyState text={words.away} action={<Button onClick={again}>{words.again}</Button>} />
      </Page>
    );
  if (fetched.value === null)
    return (
      <Page title={words.nothingHere} back={back}>
        <EmptyState
          text={words.missing}
          action={<LinkButton href="/learn">{words.toLearn}</LinkButton>}
        />
      </Page>
    );
  return <OpenText key={fetched.value.name} text={fetched.value} standing={standing} />;
}

function OpenText({ text, standing }: TextPageProps & { readonly text: LearnText }) {
  const { front, body, name } = text;
  const textRoom = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const place = useReadingPlace(name, textRoom, end);
  const [isOffered, setIsOffered] = useState(true);
  const stoppedAt = place.cameBackTo;
  return (
    <Page title={front.title} lead={front.inOneLine} back={back}>
      <p className={style["meta"]}>
        {[
          ...(front.kind === "programme" ? programmeMeta(front) : []),
          words.minutes(readingMinutes(text)),
        ].join(words.between)}
      </p>
      {stoppedAt !== null && isOffered && (
        <p className={style["stopped"]} data-print="never">
          {stoppedText(text, stoppedAt)}{" "}
          <Button
            kind="quiet"
            onClick={() => {
              setIsOffered(false);
              place.goBack();
            }}
          >
            {words.text.goThere}
          </Button>
        </p>
      )}
      {front.kind === "evidence-card" && <EvidenceFacts card={front} />}
      {front.kind === "role" && <RoleFacts role={front} />}
      <div ref={textRoom} className={style["text"]}>
        <DocumentView blocks={body} />
      </div>
      {front.kind === "programme" && <ProgrammeSteps programme={front} standing={standing} />}
      <div ref={end} />
      <Section title={words.text.next}>
        <EntryCards label={words.text.next} entries={entriesNamed(front.next)} />
      </Section>
      {"sources" in front && front.sources !== undefined && <Sources sources={front.sources} />}
      <Foot name={name} />
    </Page>
  );
}

function Sources({ sources }: { readonly sources: readonly Source[] }) {
  return (
    <Section title={words.text.sources}>
      {sources.map(({ says, limits, ...source }) => (
        <EvidenceCard key={says} evidence={{ says, limits, source }} />
      ))}
    </Section>
  );
}

/** Print, and the mark that only the reader sees. */
function Foot({ name }: { readonly name: string }) {
  const readOn = useReading().read[name];
  const change = useChangeReading();
  const today = () => Temporal.Now.plainDateISO().toString();
  return (
    <div className={style["foot"]} data-print="never">
      {readOn !== undefined && (
        <p className={style["meta"]}>{words.text.readOn(dayText(readOn, "short"))}</p>
      )}
      <Actions>
        <Button icon={<Icon name="print" />} onClick={() => print()}>
          {words.text.print}
        </Button>
        <Button
          kind="quiet"
          onClick={() =>
            change((kept) => withRead(kept, name, readOn === undefined ? today() : null))
          }
        >
          {readOn === undefined ? words.text.markRead : words.text.markUnread}
        </Button>
      </Actions>
    </div>
  );
}

const titleOf = (name: string): string => entriesNamed([name])[0]?.title ?? words.nothingHere;

const programmeMeta = (front: Extract<LearnText["front"], { kind: "programme" }>): string[] => [
  words.paths[front.path],
  words.stages[front.stage],
  words.programme.weeks(front.weeks.from, front.weeks.to),
];

/** By the heading above the block, as far as there is one. */
function stoppedText({ body }: LearnText, at: number): string {
  const heading = body.slice(0, at + 1).findLast((block) => block.kind === "heading");
  return heading?.kind === "heading"
    ? words.text.stopped(heading.text)
    : words.text.stoppedSomewhere;
}
