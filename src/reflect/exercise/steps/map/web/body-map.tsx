/** Where in the body it sits: the places as words at both sides of a drawing, and the one that is open below it. */
import { useState } from "react";
import { useFocusAfter } from "../../web/focus-after.ts";
import { withLevel, withNote, type MapPlace, type MapStep } from "../step.ts";
import { BodyDrawing, isBodyPlace } from "./body-drawing.tsx";
import type { MapProps } from "./energy-map.tsx";
import { LevelPicker } from "./level-picker.tsx";
import { words } from "./words.ts";
import style from "./body-map.module.css";

/** Named on the left; the others on the right. So the names come to lie near what they name. */
const LEFT = ["head", "jaw", "shoulders", "back", "hands"];

export function BodyMap({ step, places, answer, onChange }: MapProps) {
  const [open, setOpen] = useState<string | null>(null);
  const { root, focusAfter } = useFocusAfter<HTMLDivElement>(
    `${open} ${answer.marks.map(({ place, level }) => `${place} ${level}`).join()}`,
  );
  const drawn = places.filter(({ key }) => isBodyPlace(key));
  const sides = [
    drawn.filter(({ key }) => LEFT.includes(key)),
    drawn.filter(({ key }) => !LEFT.includes(key)),
  ];
  const place = places.find(({ key }) => key === open);
  const openAt = (key: string) => {
    focusAfter(`level ${key}`);
    setOpen(key);
  };
  /** Back to the names, unless a note may follow. */
  const pick = ({ key }: MapPlace, level: string | null) => {
    if (step.note === undefined && level !== null) focusAfter(`place ${key}`);
    onChange(withLevel(answer, key, level));
  };
  return (
    <div className={style["body"]} ref={root}>
      <div className={style["figure"]}>
        <Names step={step} places={sides[0]!} open={open} onOpen={openAt} />
        <BodyDrawing step={step} sides={sides} open={open} onOpen={openAt} />
        <Names step={step} places={sides[1]!} open={open} onOpen={openAt} />
      </div>
      <div className={style["panel"]}>
        {place === undefined ? (
          <p className={style["quiet"]}>{words.pickOne}</p>
        ) : (
          <>
            <h2 className={style["name"]}>{place.text}</h2>
            <LevelPicker
              key={place.key}
              step={step}
              place={place}
              onLevel={(level) => pick(place, level)}
              onNote={(note) => onChange(withNote(answer, place.key, note))}
            />
          </>
        )}
      </div>
    </div>
  );
}

function Names(props: {
  readonly step: MapStep;
  readonly places: readonly MapPlace[];
  readonly open: string | null;
  readonly onOpen: (key: string) => void;
}) {
  const { step, places, open, onOpen } = props;
  return (
    <ul className={style["names"]} role="list">
      {places.map((place) => {
        const level = step.levels.find(({ id }) => id === place.level)?.text;
        return (
          <li key={place.key}>
            <button
              type="button"
              className={style["place"]}
              aria-expanded={place.key === open}
              data-focus={`place ${place.key}`}
              onClick={() => onOpen(place.key)}
            >
              <span>{place.text}</span>{" "}
              {level !== undefined && <span className={style["level"]}>{level}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
