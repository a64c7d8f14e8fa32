/** Waiting: what for, with how many others, and what happens when. It can be changed, and stopped and taken up again. */
import { useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Facts } from "#design/facts.tsx";
import { Notice } from "#design/notice.tsx";
import { Section } from "#design/section.tsx";
import { dayText } from "#design/time.tsx";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { stopWaiting } from "../contract.ts";
import { useHands } from "./hands-context.ts";
import { LetterLink } from "./letter-link.tsx";
import type { Here, Place } from "./use-place.ts";
import { blockText, themeName, weekOf } from "./week-text.ts";
import { words } from "./words.ts";
import style from "./circles.module.css";

const text = words.waiting;

export function WaitingShown(props: {
  readonly here: Here;
  readonly waiting: NonNullable<Place["waiting"]>;
  readonly onChange: () => void;
  readonly onStopped: () => Promise<void>;
}) {
  const { here, waiting, onChange, onStopped } = props;
  const { place } = here;
  const hands = useHands();
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const week = weekOf(hands);
  const { share, lacksStewards } = place.pool;

  const stop = async () => {
    setIsBusy(true);
    const stopped = await here.visit.call(stopWaiting, {});
    setIsBusy(false);
    setTrouble(stopped.ok ? null : refusalToWords(stopped.refusal));
    if (stopped.ok) await onStopped();
  };

  return (
    <Section title={text.title} lead={text.lead}>
      {share === null ? (
        <p>{text.people(place.pool.waiting)}</p>
      ) : (
        <label className={style["forming"]}>
          {text.forming}
          <progress value={share} max={1} />
        </label>
      )}
      {lacksStewards && <Notice kind="warm">{text.lacksStewards}</Notice>}
      <Facts
        facts={[
          { term: text.themes, value: waiting.themes.map(themeName).join("; ") },
          {
            term: text.hours,
            value: waiting.blocks.map((block) => blockText(week, hands.timeZone, block)).join("; "),
          },
          { term: text.stage, value: words.form.stages[waiting.stage] ?? "" },
          {
            term: text.language,
            value:
              hands.languages.find(({ id }) => id === waiting.language)?.name ?? waiting.language,
          },
          ...(place.avoidsEmployer ? [{ term: text.employer, value: text.avoids }] : []),
        ]}
      />
      <p>{text.until(dayText(place.beginsUntil, "full"))}</p>
      <LetterLink />
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <Actions>
        <Button onClick={onChange}>{text.change}</Button>
        <Button kind="quiet" busy={isBusy} onClick={() => void stop()}>
          {text.stop}
        </Button>
      </Actions>
    </Section>
  );
}
