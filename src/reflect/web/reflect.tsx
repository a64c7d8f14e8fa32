/** The room for looking at oneself: what is due, what was, and what has moved. Nothing here counts days missed. */
import { lazy, Suspense } from "react";
import { Card, CardList } from "#design/card-list.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { dayText } from "#design/time.tsx";
import { useCollection } from "#vault/web/safe-context.tsx";
import { dayDue, type CheckInKind } from "../finished-check-in.ts";
import { LateInstrumentCards } from "../instrument/web/late-instrument-cards.tsx";
import { EarlierCheckIns } from "./earlier-check-ins.tsx";
import { today, useCheckIns, useIsBegun, type KeptCheckIn } from "./kept-check-ins.ts";
import { words } from "./words.ts";
import style from "./reflect.module.css";

// Brings the titles of all exercises, which nothing else here needs.
const ReflectExercises = lazy(async () => ({
  default: (await import("../exercise/web/reflect-exercises.tsx")).ReflectExercises,
}));

export function Reflect() {
  const checkIns = useCheckIns();
  const next = useNextToReflect(checkIns);
  const hasReadings = useHasReadings(checkIns);
  return (
    <Page
      title={words.home.title}
      lead={next.about}
      zone={readBy.onlyYou}
      action={
        <LinkButton kind="primary" href={next.href}>
          {next.text}
        </LinkButton>
      }
    >
      <CardList label={words.home.ways}>
        <Card title={words.home.checkIn} href="/reflect/check-in" meta={words.home.checkInMeta}>
          <p>{whenText("full", checkIns)}</p>
        </Card>
        <Card title={words.home.pulseCard} href="/reflect/pulse" meta={words.home.pulseMeta}>
          <p>{whenText("pulse", checkIns)}</p>
        </Card>
        <Card title={words.home.journal} href="/reflect/journal" meta={words.home.journalMeta} />
        <Card
          title={words.home.exercises}
          href="/reflect/exercises"
          meta={words.home.exercisesMeta}
        />
        <Suspense fallback={null}>
          <ReflectExercises />
        </Suspense>
        <LateInstrumentCards />
        {hasReadings && (
          <Card title={words.home.trendCard} href="/reflect/trend" meta={words.home.trendMeta} />
        )}
      </CardList>
      {checkIns.length > 0 && (
        <div className={style["after"]}>
          <Section title={words.home.earlier}>
            <EarlierCheckIns checkIns={checkIns} />
          </Section>
        </div>
      )}
    </Page>
  );
}

/** Whether anything was kept that can repeat; what of it can be drawn, the screen itself says. */
function useHasReadings(checkIns: readonly KeptCheckIn[]): boolean {
  const exercises = useCollection("exercises");
  const instruments = useCollection("instruments");
  return checkIns.length + exercises.length + instruments.length > 0;
}

/** One thing: what was begun, else what is due, else a look at what moved. */
function useNextToReflect(checkIns: readonly KeptCheckIn[]): {
  about: string;
  text: string;
  href: string;
} {
  const isBegun = useIsBegun("full");
  const due = dayDue("full", checkIns);
  const pulseDue = dayDue("pulse", checkIns);
  if (isBegun === true)
    return { about: words.home.aboutBegun, text: words.home.goOn, href: "/reflect/check-in" };
  if (due === null)
    return { about: words.home.aboutFirst, text: words.home.begin, href: "/reflect/check-in" };
  if (due <= today()) {
    const last = checkIns.find(({ kind }) => kind === "full")!.on;
    return {
      about: words.home.aboutDue(dayText(last, "short")),
      text: words.home.again,
      href: "/reflect/check-in",
    };
  }
  if (pulseDue !== null && pulseDue <= today())
    return { about: words.home.aboutPulse, text: words.home.pulse, href: "/reflect/pulse" };
  return { about: words.home.aboutNothing, text: words.home.trend, href: "/reflect/trend" };
}

function whenText(kind: CheckInKind, checkIns: readonly KeptCheckIn[]): string {
  const last = checkIns.find((kept) => kept.kind === kind);
  const due = dayDue(kind, checkIns);
  const said = last === undefined ? words.home.never : words.home.last(dayText(last.on, "short"));
  if (due === null) return said;
  const next = due <= today() ? words.home.dueNow : words.home.next(dayText(due, "short"));
  return `${said} ${next}`;
}
