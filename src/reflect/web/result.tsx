/** What one check-in has to say: what works first, causes before advice, and a change only where there is one. */
import type { ReactNode } from "react";
import { useLocation, useParams } from "wouter";
import { Actions } from "#design/actions.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { dayText } from "#design/time.tsx";
import type { CheckIn } from "#library/check-in.ts";
import { EvidenceCard } from "#library/web/evidence.tsx";
import drivers from "virtual:content/check-in/drivers";
import full from "virtual:content/check-in/full";
import pulse from "virtual:content/check-in/pulse";
import results from "virtual:content/check-in/results";
import { itemsCallingForCare } from "../questionnaire.ts";
import { resultOf, type ResultTold } from "../result.ts";
import { CrisisHint, CrisisPanel } from "./crisis-panel.tsx";
import { useCrisisWatch } from "./crisis-watch.ts";
import { useCheckIns, type KeptCheckIn } from "./kept-check-ins.ts";
import { RemoveCheckIn } from "./remove-check-in.tsx";
import { DimensionGroup } from "./result-dimension.tsx";
import { DriversTold } from "./result-drivers.tsx";
import { FinePrint } from "./result-fine-print.tsx";
import { ResultChange } from "./result-change.tsx";
import { words } from "./words.ts";
import style from "./result.module.css";

const checkInByKind = { full, pulse };
const backToReflect = { href: "/reflect", text: words.filling.leave };

export function Result() {
  const { id } = useParams<{ id: string }>();
  const checkIns = useCheckIns();
  const one = checkIns.find((kept) => kept.id === id);
  if (one === undefined)
    return (
      <Page title={words.result.title} back={backToReflect}>
        <EmptyState
          text={words.result.missing}
          action={<LinkButton href="/reflect">{words.result.toReflect}</LinkButton>}
        />
      </Page>
    );
  return <ResultOf one={one} checkIns={checkIns} />;
}

function ResultOf(props: { readonly one: KeptCheckIn; readonly checkIns: readonly KeptCheckIn[] }) {
  const { one, checkIns } = props;
  const [, navigate] = useLocation();
  const checkIn = checkInByKind[one.kind];
  const result = resultOf(one, checkIns, { checkIn, results, drivers }, showDay);
  const care = useCare(one, checkIn);
  const way =
    one.kind === "pulse"
      ? { href: "/reflect/trend", text: words.result.overTime }
      : { href: "/plan/path", text: words.result.path };
  const onwards = (
    <LinkButton kind={care === null ? "primary" : "secondary"} href={way.href}>
      {way.text}
    </LinkButton>
  );
  return (
    <Page
      title={one.kind === "pulse" ? words.result.pulseTitle : words.result.title}
      back={backToReflect}
      lead={
        <>
          <p>{words.result.on(dayText(one.on, "full"))}</p>
          <p className={style["say"]}>{inShort(result)}</p>
        </>
      }
      zone={readBy.onlyYou}
      action={care === null ? onwards : undefined}
    >
      {care}
      {result.isLater && <ResultChange told={result.told} />}
      <DimensionGroup standing="holds" result={result} />
      <DimensionGroup standing="strained" result={result} />
      {result.now.length > 0 && (
        <Section title={words.result.now} lead={words.result.nowLead}>
          <ul className={style["points"]}>
            {result.now.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </Section>
      )}
      <DimensionGroup standing="between" result={result} />
      {result.notScored.length > 0 && (
        <Section title={words.result.notScored} lead={results.notScored}>
          <p>{result.notScored.map(({ name }) => name).join(", ")}</p>
        </Section>
      )}
      {result.drivers.length > 0 && <DriversTold drivers={result.drivers} />}
      {one.note !== "" && (
        <Section title={words.result.note}>
          <p className={style["note"]}>{one.note}</p>
        </Section>
      )}
      <Section title={words.result.notAlone}>
        <EvidenceCard evidence={results.norm} />
        <Actions>
          {care !== null && onwards}
          <LinkButton href="/coach">{words.result.coach}</LinkButton>
        </Actions>
      </Section>
      <FinePrint checkIn={checkIn} told={result.told} />
      <RemoveCheckIn id={one.id} onRemoved={() => navigate("/reflect", { replace: true })} />
    </Page>
  );
}

/** Shown whenever this check-in is: by its answers at once, by its words as soon as they were looked at. */
function useCare(one: KeptCheckIn, checkIn: CheckIn): ReactNode {
  const level = useCrisisWatch(one.note);
  if (level === "explicit" || itemsCallingForCare(checkIn, one.answers).length > 0)
    return <CrisisPanel />;
  return level === "possible" ? <CrisisHint /> : null;
}

function inShort({ told }: ResultTold): string {
  if (told.length === 0) return words.result.nothingTold;
  const count = (standing: string) => told.filter((one) => one.standing === standing).length;
  const [holds, strained] = [count("holds"), count("strained")];
  if (strained > 0) return holds > 0 ? words.result.someStrained : words.result.allStrained;
  return holds >= told.length / 2 ? words.result.holds : words.result.between;
}

const showDay = (day: string): string => dayText(day, "short");
