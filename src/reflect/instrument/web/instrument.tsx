/**
 * Filling in one of the community's questionnaires: all of it on one page, skipping allowed anywhere, kept sealed on
 * this device as it is answered. Where it asks about not wanting to live, that is said before the first question.
 */
import { useState } from "react";
import { Link, useLocation, useParams } from "wouter";
import { Button } from "#design/button.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Skeleton } from "#design/skeleton.tsx";
import { useDraft, useSafe } from "#vault/web/safe-context.tsx";
import { newRecordId } from "#vault/web/safe.ts";
import { finishInstrument } from "../finished-instrument.ts";
import type { Answer } from "../form.ts";
import { answersFrom, progressOf } from "../instrument-draft.ts";
import {
  answerTo,
  callsForCare,
  scoreAnswers,
  type InstrumentAnswers,
} from "../instrument-score.ts";
import { useInstruments, type CommunityInstrument } from "./community-instruments.ts";
import { FormItems } from "./form-items.tsx";
import { draftKeyOf, INSTRUMENTS, useKeptInstruments } from "./kept-instruments.ts";
import { LicenceTold } from "./licence-told.tsx";
import { words } from "./words.ts";
import style from "./instrument.module.css";

export function InstrumentPage() {
  const { id } = useParams<{ id: string }>();
  const [instruments, again] = useInstruments();
  if (instruments.at === "fetching")
    return (
      <Page title={words.title} back={words.back}>
        <Skeleton label={words.loading} lines={6} />
      </Page>
    );
  if (instruments.at === "away")
    return (
      <Page title={words.title} back={words.back}>
        <Notice kind="refusal">
          <p>{words.away}</p>
          <Button onClick={again}>{words.again}</Button>
        </Notice>
      </Page>
    );
  const instrument = instruments.instruments.find((each) => each.id === id);
  if (instrument === undefined)
    return (
      <Page title={words.title} back={words.back}>
        <EmptyState
          text={words.missing}
          action={<LinkButton href="/reflect">{words.toReflect}</LinkButton>}
        />
      </Page>
    );
  return <Filling key={id} instrument={instrument} />;
}

function Filling({ instrument }: { readonly instrument: CommunityInstrument }) {
  const { form, scorer } = instrument;
  const safe = useSafe();
  const kept = useKeptInstruments();
  const [, navigate] = useLocation();
  const [draft, setDraft, { ready, restored, clear }] = useDraft<unknown>(
    draftKeyOf(instrument.id),
    {},
  );
  const [said, setSaid] = useState<"nothing" | "not-kept" | null>(null);
  const [busy, setBusy] = useState(false);
  const [putAway, setPutAway] = useState<InstrumentAnswers | null>(null);
  const answers = answersFrom(instrument, draft);
  const { answered, asked } = progressOf(instrument, answers);

  const answer = (linkId: string, value: Answer | null) => {
    setSaid(null);
    setPutAway(null);
    setDraft((before: unknown) => {
      const { [linkId]: _, ...others } = answersFrom(instrument, before);
      return value === null ? others : { ...others, [linkId]: value };
    });
  };
  const startOver = () => {
    setPutAway(answers);
    setDraft({});
    clear();
  };
  const putBack = () => {
    if (putAway !== null) setDraft(putAway);
    setPutAway(null);
  };
  const finish = async () => {
    if (answered === 0) {
      setSaid("nothing");
      return;
    }
    setBusy(true);
    const id = newRecordId();
    try {
      const today = Temporal.Now.plainDateISO().toString();
      await safe.write(INSTRUMENTS, id, finishInstrument(instrument, answers, kept, today));
    } catch {
      setBusy(false);
      setSaid("not-kept");
      return;
    }
    clear();
    navigate(`/reflect/instrument/${instrument.id}/${id}`, { replace: true });
  };

  return (
    <Page
      title={form.title}
      lead={words.window}
      back={words.back}
      zone={readBy.onlyYou}
      action={
        <Button kind="primary" busy={busy} busyText={words.finishing} onClick={() => void finish()}>
          {words.finish}
        </Button>
      }
    >
      {scorer.asksAboutDeath && (
        <Notice kind="warm">
          <p>
            {words.careBefore} <Link href="/crisis">{words.careLink}</Link>
          </p>
        </Notice>
      )}
      {restored && answered > 0 && (
        <p className={style["quiet"]}>
          {words.resumed}{" "}
          <Button kind="quiet" onClick={startOver}>
            {words.startOver}
          </Button>
        </p>
      )}
      {putAway !== null && (
        <p className={style["quiet"]} role="status">
          {words.startedOver}{" "}
          <Button kind="quiet" onClick={putBack}>
            {words.putBack}
          </Button>
        </p>
      )}
      {ready ? (
        <FormItems
          instrument={instrument}
          answers={answers}
          caring={caringItems(instrument, answers)}
          onAnswer={answer}
        />
      ) : (
        <Skeleton label={words.loading} lines={6} />
      )}
      <p className={style["quiet"]} role="status">
        {words.progress(answered, asked)}
      </p>
      {said === "nothing" && <Notice live="polite">{words.nothing}</Notice>}
      {said === "not-kept" && <Notice kind="refusal">{words.notKept}</Notice>}
      <LicenceTold instrument={instrument} />
    </Page>
  );
}

/** The first item in the form whose answer alone calls for care: the panel stands once, where it is needed. */
function caringItems(
  instrument: CommunityInstrument,
  answers: InstrumentAnswers,
): ReadonlySet<string> {
  const caring = instrument.asked.find(({ question }) => {
    const own = answerTo(answers, question.linkId);
    if (own === null) return false;
    const score = scoreAnswers(instrument, answers);
    if (!score.ok) return false;
    const place = instrument.askedByLinkId.get(question.linkId)!.place;
    const alone = score.value.points.map((value, at) => (at === place ? value : null));
    return callsForCare(instrument.scorer, { points: alone });
  });
  return new Set(caring === undefined ? [] : [caring.question.linkId]);
}
