/** What a filled-in questionnaire says: numbers, conventions with their sources, and a change only where there is one. */
import { useState } from "react";
import { Link, useLocation, useParams } from "wouter";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Dialog } from "#design/dialog.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { saveFile } from "#design/save-file.ts";
import { Section } from "#design/section.tsx";
import { dayText } from "#design/time.tsx";
import { useToast } from "#design/toast.tsx";
import { useSafe } from "#vault/web/safe-context.tsx";
import { CrisisPanel } from "../../web/crisis-panel.tsx";
import type { Scorer } from "../scorer.ts";
import { SCORERS } from "../scorers/all.ts";
import { toldOf } from "../told.ts";
import { INSTRUMENTS, useKeptInstruments, type KeptInstrument } from "./kept-instruments.ts";
import { ScaleResult } from "./scale-result.tsx";
import { words } from "./words.ts";
import style from "./instrument.module.css";

export function InstrumentResult() {
  const { record } = useParams<{ record: string }>();
  const kept = useKeptInstruments();
  const one = kept.find(({ id }) => id === record);
  const scorer = SCORERS.find(({ id }) => id === one?.instrument);
  if (one === undefined || scorer === undefined)
    return (
      <Page title={words.title} back={words.back}>
        <EmptyState
          text={words.result.missing}
          action={<LinkButton href="/reflect">{words.toReflect}</LinkButton>}
        />
      </Page>
    );
  const series = kept.filter(({ instrument }) => instrument === one.instrument);
  return <ResultOf key={one.id} one={one} scorer={scorer} series={series} />;
}

function ResultOf(props: {
  readonly one: KeptInstrument;
  readonly scorer: Scorer;
  /** Newest first. */
  readonly series: readonly KeptInstrument[];
}) {
  const { one, scorer, series } = props;
  const text = words.result;
  const [, navigate] = useLocation();
  const others = series.filter(({ id }) => id !== one.id);
  const told = toldOf(
    scorer,
    one,
    others.some(({ on, nth }) => on < one.on || (on === one.on && nth < one.nth)),
  );
  return (
    <Page
      title={scorer.title}
      lead={text.on(dayText(one.on, "full"))}
      back={words.back}
      zone={readBy.onlyYou}
      action={
        <LinkButton kind="primary" href="/reflect">
          {words.toReflect}
        </LinkButton>
      }
    >
      {told.callsForCare && <CrisisPanel />}
      <Section title={text.scales}>
        {told.scales.length === 0 && <p>{text.noNumbers}</p>}
        <ul className={style["scales"]}>
          {told.scales.map((each) => (
            <ScaleResult key={each.scale.id} told={each} />
          ))}
        </ul>
      </Section>
      {told.findings.length > 0 && (
        <Section title={text.findings}>
          {told.findings.map(({ says, source }) => (
            <p key={says}>
              {says} <span className={style["quiet"]}>{text.source(source)}</span>
            </p>
          ))}
        </Section>
      )}
      <Section title={text.notes}>
        {[...scorer.notes, text.noDiagnosis].map((note) => (
          <p key={note}>{note}</p>
        ))}
      </Section>
      {others.length > 0 && (
        <Section title={text.earlier}>
          <ul className={style["conventions"]}>
            {others.map(({ id, on, nth }) => (
              <li key={id}>
                <Link href={`/reflect/instrument/${one.instrument}/${id}`}>
                  {series.filter((each) => each.on === on).length > 1
                    ? text.nthOf(dayText(on, "full"), nth)
                    : dayText(on, "full")}
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <p className={style["quiet"]}>{text.saveLead}</p>
      <Actions>
        <Button onClick={() => save(one)}>{text.save}</Button>
        <LinkButton href={`/reflect/instrument/${one.instrument}`}>{text.again}</LinkButton>
        <Remove id={one.id} onRemoved={() => navigate("/reflect", { replace: true })} />
      </Actions>
    </Page>
  );
}

// A name that says nothing, wherever the file comes to lie.
const save = ({ on, response }: KeptInstrument) =>
  saveFile(
    `callroom-${on}.json`,
    "application/fhir+json",
    `${JSON.stringify(response, null, 2)}\n`,
  );

function Remove({ id, onRemoved }: { readonly id: string; readonly onRemoved: () => void }) {
  const text = words.result;
  const safe = useSafe();
  const toast = useToast();
  const [isAsking, setIsAsking] = useState(false);
  const remove = async () => {
    await safe.remove(INSTRUMENTS, id);
    toast({ text: text.removed });
    onRemoved();
  };
  return (
    <>
      <Button kind="quiet" onClick={() => setIsAsking(true)}>
        {text.remove}
      </Button>
      <Dialog
        open={isAsking}
        title={text.removeTitle}
        onClose={() => setIsAsking(false)}
        actions={
          <Actions>
            <Button kind="danger" onClick={() => void remove()}>
              {text.removeYes}
            </Button>
            <Button onClick={() => setIsAsking(false)}>{text.removeNo}</Button>
          </Actions>
        }
      >
        <p>{text.removeLead}</p>
      </Dialog>
    </>
  );
}
