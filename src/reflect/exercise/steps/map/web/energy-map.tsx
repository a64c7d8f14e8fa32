/**
 * Bars to both sides of a middle line: what takes reaches to the left, what gives to the right. One line at a time is
 * open for picking its level; the next one opens by itself where no note is asked for.
 */
import { useState, type CSSProperties } from "react";
import { Button } from "#design/button.tsx";
import { useFocusAfter } from "../../web/focus-after.ts";
import { Said } from "../../web/said.tsx";
import {
  reachOf,
  withLevel,
  withNote,
  type MapAnswer,
  type MapPlace,
  type MapStep,
} from "../step.ts";
import { LevelPicker } from "./level-picker.tsx";
import { words } from "./words.ts";
import style from "./energy-map.module.css";

export interface MapProps {
  readonly step: MapStep;
  readonly places: readonly MapPlace[];
  readonly answer: MapAnswer;
  readonly onChange: (answer: MapAnswer) => void;
}

export function EnergyMap({ step, places, answer, onChange }: MapProps) {
  const [open, setOpen] = useState<string | null>(
    () => places.find(({ level }) => level === null)?.key ?? null,
  );
  const [said, say] = useState("");
  const { root, focusAfter } = useFocusAfter<HTMLDivElement>(open);
  const nextOf = (key: string) => nextUnmarked(places, key);

  const goTo = (place: MapPlace | undefined, otherwise: string) => {
    if (place === undefined) focusAfter(`row ${otherwise}`);
    else focusAfter(`level ${place.key}`);
    setOpen(place?.key ?? null);
  };
  const pick = (place: MapPlace, level: string | null) => {
    onChange(withLevel(answer, place.key, level));
    const text = step.levels.find(({ id }) => id === level)?.text;
    if (text === undefined) return;
    // What is only corrected stays where it is, and so does what may want a word beside it.
    const goesOn = place.level === null && step.note === undefined;
    const next = goesOn ? nextOf(place.key) : undefined;
    say(
      next === undefined
        ? words.saidLast(place.text, text)
        : words.said(place.text, text, next.text),
    );
    if (goesOn) goTo(next, place.key);
  };
  return (
    <div className={style["energy"]} ref={root}>
      <p className={style["ends"]} aria-hidden="true">
        <span>{step.levels[0]!.text}</span>
        <span>{step.levels.at(-1)!.text}</span>
      </p>
      <ul className={style["places"]} role="list">
        {places.map((place) => (
          <li key={place.key} className={style["place"]}>
            <Row
              step={step}
              place={place}
              isOpen={open === place.key}
              onToggle={() => setOpen(open === place.key ? null : place.key)}
            />
            {open === place.key && (
              <div className={style["open"]}>
                <LevelPicker
                  step={step}
                  place={place}
                  onLevel={(level) => pick(place, level)}
                  onNote={(note) => onChange(withNote(answer, place.key, note))}
                />
                <Next next={nextOf(place.key)} onNext={(next) => goTo(next, place.key)} />
              </div>
            )}
          </li>
        ))}
      </ul>
      <Said text={said} />
    </div>
  );
}

/** The next one below that has no level; from the last one round to the first. */
function nextUnmarked(places: readonly MapPlace[], key: string): MapPlace | undefined {
  const at = places.findIndex((place) => place.key === key);
  const round = [...places.slice(at + 1), ...places.slice(0, Math.max(0, at))];
  return round.find(({ level }) => level === null);
}

function Next(props: {
  readonly next: MapPlace | undefined;
  readonly onNext: (next: MapPlace) => void;
}) {
  const { next, onNext } = props;
  if (next === undefined) return null;
  return (
    <Button kind="quiet" onClick={() => onNext(next)}>
      {words.goOn(next.text)}
    </Button>
  );
}

function Row(props: {
  readonly step: MapStep;
  readonly place: MapPlace;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const { step, place, isOpen, onToggle } = props;
  const level = step.levels.find(({ id }) => id === place.level)?.text;
  const reach = reachOf(step, place.level);
  return (
    <button
      type="button"
      className={style["row"]}
      aria-expanded={isOpen}
      data-focus={`row ${place.key}`}
      onClick={onToggle}
    >
      <span className={style["text"]}>{place.text}</span>{" "}
      <span className={style["level"]}>{level ?? words.open}</span>
      <span className={style["bar"]} aria-hidden="true">
        {level !== undefined && (
          <span
            className={style["reach"]}
            data-side={reach < 0 ? "takes" : reach > 0 ? "gives" : "even"}
            style={{ "--reach": Math.abs(reach) } as CSSProperties}
          />
        )}
      </span>
      {!isOpen && place.note.trim() !== "" && (
        <span className={style["note"]}>{place.note.trim()}</span>
      )}
    </button>
  );
}
