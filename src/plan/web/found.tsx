/** The four paths as ranked: what fits best stands open, the others beside it, and why in the person's own picks. */
import type { ReactNode } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Card, CardList } from "#design/card-list.tsx";
import { Disclosure } from "#design/disclosure.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import drivers from "virtual:content/check-in/drivers";
import results from "virtual:content/check-in/results";
import rules from "virtual:content/paths/rules";
import type { KeptFinding } from "../kept-finding.ts";
import { findPaths, type PathFinding, type RankedPath, type Reason } from "../path-finder.ts";
import { coachHref, pathNamed } from "./paths.ts";
import { words } from "./words.ts";
import style from "./plan.module.css";

export function Found(props: {
  readonly finding: KeptFinding;
  readonly crisis: ReactNode;
  readonly onChange: () => void;
}) {
  const found = findPaths(rules, drivers, results, props.finding);
  const leading = found.ranked.filter(({ path }) => found.leading.includes(path));
  const others = found.ranked.filter(({ path }) => !found.leading.includes(path));
  const needsCareFirst = found.care.some((signal) => signal.crisis);
  const only = leading.length === 1 && !needsCareFirst ? leading[0] : undefined;
  return (
    <Page
      title={leading.length === 0 ? words.found.titleNone : words.found.title}
      lead={leadOf(leading)}
      back={{ href: "/plan", text: words.picking.leave }}
      zone={readBy.onlyYou}
      action={
        only === undefined ? undefined : (
          <LinkButton kind="primary" href={coachHref(only.path)}>
            {words.found.coach}
          </LinkButton>
        )
      }
    >
      <CareSignals found={found} crisis={props.crisis} />
      {leading.map((ranked) => (
        <LeadingPath
          key={ranked.path}
          ranked={ranked}
          action={only !== undefined ? "below" : needsCareFirst ? "quiet" : "here"}
        />
      ))}
      <Section
        title={leading.length === 0 ? words.found.all : words.found.others}
        lead={leading.length === 0 ? undefined : rules.texts.others}
      >
        <CardList>
          {others.map((ranked) => (
            <OtherPath key={ranked.path} ranked={ranked} isRanked={leading.length > 0} />
          ))}
        </CardList>
      </Section>
      <div className={style["foot"]}>
        <p className={style["quiet"]}>{rules.texts.why}</p>
        <Button onClick={props.onChange}>{words.found.change}</Button>
      </div>
    </Page>
  );
}

const leadOf = (leading: readonly RankedPath[]): string =>
  leading.length === 0
    ? rules.texts.none
    : leading.length === 1
      ? rules.texts.first
      : rules.texts.tied;

/** Where coaching is not enough or not first. It stands before the paths and hides none of them. */
function CareSignals({ found, crisis }: { found: PathFinding; crisis: ReactNode }) {
  if (found.care.length === 0) return null;
  return (
    <div className={style["care"]}>
      {found.care.some((signal) => signal.crisis) && crisis}
      <Notice kind="warm" title={words.found.care}>
        {found.care.map((signal) => (
          <div key={signal.id} className={style["signal"]}>
            <p>{signal.says}</p>
            <ul className={style["points"]}>
              {signal.next.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </div>
        ))}
      </Notice>
    </div>
  );
}

const FIRST_REASONS = 3;

/** `action`: where the way to a coach stands; quiet where something else should come first. */
function LeadingPath(props: { ranked: RankedPath; action: "below" | "here" | "quiet" }) {
  const { ranked, action } = props;
  const path = pathNamed(ranked.path);
  const rest = ranked.reasons.slice(FIRST_REASONS);
  return (
    <section className={style["leading"]} aria-labelledby={`path-${path.id}`}>
      <h2 id={`path-${path.id}`} className={style["name"]}>
        {path.name}
      </h2>
      <p className={style["line"]}>{path.inOneLine}</p>
      <p>{path.purpose}</p>
      <h3>{words.found.why}</h3>
      <Reasons reasons={ranked.reasons.slice(0, FIRST_REASONS)} />
      {rest.length > 0 && (
        <Disclosure summary={words.found.moreReasons(rest.length)}>
          <Reasons reasons={rest} />
        </Disclosure>
      )}
      <Actions>
        {action !== "below" && (
          <LinkButton kind={action === "here" ? "primary" : "secondary"} href={coachHref(path.id)}>
            {words.found.coach}
          </LinkButton>
        )}
        <LinkButton href={`/plan/path/${path.id}`}>{words.found.read}</LinkButton>
      </Actions>
    </section>
  );
}

function OtherPath({ ranked, isRanked }: { ranked: RankedPath; isRanked: boolean }) {
  const path = pathNamed(ranked.path);
  return (
    <Card level={3} title={path.name} href={`/plan/path/${path.id}`} meta={path.inOneLine}>
      {ranked.reasons.length > 0 ? (
        <Reasons reasons={ranked.reasons.slice(0, 1)} />
      ) : isRanked ? (
        <p className={style["quiet"]}>{words.found.noReason}</p>
      ) : undefined}
    </Card>
  );
}

function Reasons({ reasons }: { readonly reasons: readonly Reason[] }) {
  return (
    <ul className={style["reasons"]}>
      {reasons.map((reason) => (
        <li key={reason.because}>
          <span className={style["picked"]}>
            {reason.picked.map(({ by, text }) => words.found.by[by](text)).join(words.found.and)}
          </span>
          <span>{sentence(reason.because)}</span>
        </li>
      ))}
    </ul>
  );
}

const sentence = (text: string): string => `${text.charAt(0).toLocaleUpperCase()}${text.slice(1)}.`;
