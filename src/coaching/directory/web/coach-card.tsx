/**
 * A coach as members see them: the person first, then the facts. Directory, offers and the coach's own
 * preview show the same card, so that nobody is told one thing and members another.
 */
import type { ReactNode } from "react";
import { Link } from "wouter";
import { classNames } from "#design/class-names.ts";
import type { Fact } from "#design/facts.tsx";
import { Icon } from "#design/icon.tsx";
import { weekText } from "../../booking/web/week-text.ts";
import type { Coach, Price } from "../coach.ts";
import { standingOf, type Credential } from "../credential.ts";
import { minutesAhead, weeklyHoursToWindows } from "../open-week.ts";
import { minorUnitsToPriceText } from "../price-text.ts";
import { languageName, termName, vocabulary } from "./vocabulary.ts";
import { words } from "./words.ts";
import style from "./coach-card.module.css";

export type CardContent = Omit<Coach, "id" | "kind" | "price"> & {
  /** Null while the stewards have not said. */
  readonly kind: Coach["kind"] | null;
  /** Null while it can't be read. */
  readonly price: Price | null;
};

export interface CoachCardProps {
  readonly coach: CardContent;
  /** The reader's zone: hours are told on the reader's clock. */
  readonly zone: string;
  /** The beginning of the story only, and the facts one chooses by. */
  readonly brief?: boolean;
  readonly href?: string;
  readonly level?: 2 | 3;
  /** On a page that has the coach's name for its title: no name again, and no frame. */
  readonly unframed?: boolean;
  /** Above the story: why this coach is offered. */
  readonly reasons?: ReactNode;
  readonly actions?: ReactNode;
}

export function CoachCard(props: CoachCardProps) {
  const { coach, zone, brief = false, href, level = 2, unframed, reasons, actions } = props;
  const Heading = level === 2 ? "h2" : "h3";
  const text = words.card;
  return (
    <article
      className={classNames(
        style["card"],
        href !== undefined && style["tappable"],
        unframed === true && style["unframed"],
      )}
    >
      <header className={style["head"]}>
        {unframed !== true && (
          <Heading className={style["name"]}>
            {href === undefined ? (
              coach.name || text.noName
            ) : (
              <Link href={href} className={style["link"]}>
                {coach.name}
              </Link>
            )}
          </Heading>
        )}
        <p className={style["kind"]}>
          <Icon name={coach.kind === "physician" ? "check" : "info"} />
          {coach.kind === null ? text.kindOpen : text.kinds[coach.kind]}
        </p>
        {coach.specialty !== null && (
          <p className={style["specialty"]}>{termName(vocabulary.specialties, coach.specialty)}</p>
        )}
      </header>
      {reasons}
      <Story story={coach.story} brief={brief} />
      <dl className={style["facts"]}>
        {(brief ? briefFacts(coach, zone) : wholeFacts(coach, zone)).map(({ term, value }) => (
          <div key={term}>
            <dt className={style["term"]}>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {actions !== undefined && <div className={style["actions"]}>{actions}</div>}
    </article>
  );
}

const BRIEF_LETTERS = 280;

function Story({ story, brief }: { story: string; brief: boolean }) {
  if (story.trim() === "") return <p className={style["missing"]}>{words.card.noStory}</p>;
  const paragraphs = story.trim().split(/\n\s*\n/);
  const shown = brief ? [beginningOf(paragraphs[0]!, BRIEF_LETTERS)] : paragraphs;
  return (
    <div className={style["story"]}>
      {shown.map((paragraph, nth) => (
        <p key={nth}>{paragraph}</p>
      ))}
    </div>
  );
}

function beginningOf(text: string, letters: number): string {
  if (text.length <= letters) return text;
  const cut = text.slice(0, letters);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), letters / 2)).trimEnd()}…`;
}

function briefFacts(coach: CardContent, zone: string): readonly Fact[] {
  const text = words.card;
  return present([
    [text.paths, text.list(coach.paths.map((path) => words.paths[path]))],
    [text.languages, text.list(coach.languages.map(languageName))],
    [text.hours, hoursText(coach, zone)],
    [text.price, priceText(coach.price)],
  ]);
}

function wholeFacts(coach: CardContent, zone: string): readonly Fact[] {
  const text = words.card;
  const today = Temporal.Now.plainDateISO().toString();
  return present([
    [text.paths, text.list(coach.paths.map((path) => words.paths[path]))],
    [text.stages, text.list(coach.stages.map((stage) => words.stages[stage]))],
    [
      text.lived,
      lines(coach.livedExperiences.map((id) => termName(vocabulary.livedExperiences, id))),
    ],
    [text.styles, lines(coach.styles.map((id) => termName(vocabulary.styles, id)))],
    [text.languages, text.list(coach.languages.map(languageName))],
    [text.modalities, text.list(coach.modalities.map((modality) => words.modalities[modality]))],
    [text.hours, hoursText(coach, zone)],
    [text.price, priceText(coach.price)],
    [text.credentials, lines(coach.credentials.map((each) => credentialText(each, today)))],
    [text.employers, lines(coach.employers)],
  ]);
}

function present(facts: readonly (readonly [string, ReactNode])[]): readonly Fact[] {
  return facts
    .filter(([, value]) => value !== "" && value !== null)
    .map(([term, value]) => ({ term, value }));
}

function lines(items: readonly string[]): ReactNode {
  if (items.length === 0) return null;
  if (items.length === 1) return items[0];
  return (
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}

function hoursText({ weeklyHours, timeZone }: CardContent, zone: string): string {
  const ahead = minutesAhead(zone, timeZone, Date.now());
  const windows = weeklyHoursToWindows(weeklyHours, ahead);
  if (windows.length === 0) return "";
  return ahead === 0 ? weekText(windows) : words.card.hoursHere(weekText(windows));
}

function priceText(price: Price | null): string {
  if (price === null) return "";
  const { currency, minorUnitsPerSession, freeChemistryCall } = price;
  if (minorUnitsPerSession === 0) return words.card.given;
  const amount = minorUnitsToPriceText(minorUnitsPerSession, currency, undefined);
  return freeChemistryCall ? words.card.priceFree(amount) : amount;
}

function credentialText(credential: Credential, today: string): string {
  const { granted, expires, state } = credential;
  const text = words.card;
  const name = granted.body === "other" ? granted.level : `${granted.body} ${granted.level}`;
  const standing = text.standings[standingOf(credential, today)];
  const parts = [
    ...(expires === null ? [] : [text.until(monthText(expires))]),
    ...(standing === null ? [] : [standing]),
    state === "verified" ? text.checked : text.unchecked,
  ];
  return text.credential(name, parts);
}

/** `2027-04` is April 2027. */
export function monthText(month: string): string {
  const format = new Intl.DateTimeFormat(undefined, {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return format.format(Date.parse(`${month}-15T12:00:00Z`));
}
