/** The levels of one place as buttons, and words beside them where the step asks for some. */
import { TextField } from "#design/field.tsx";
import { readBy } from "#design/readership.ts";
import type { MapPlace, MapStep } from "../step.ts";
import { words } from "./words.ts";
import style from "./level-picker.module.css";

export function LevelPicker(props: {
  readonly step: MapStep;
  readonly place: MapPlace;
  /** Null takes the mark away. */
  readonly onLevel: (level: string | null) => void;
  readonly onNote: (note: string) => void;
}) {
  const { step, place, onLevel, onNote } = props;
  return (
    <div className={style["picker"]}>
      {place.says !== undefined && <p className={style["says"]}>{place.says}</p>}
      <div role="group" aria-label={words.picked(place.text)} className={style["levels"]}>
        {step.levels.map(({ id, text }, i) => (
          <button
            key={id}
            type="button"
            className={style["level"]}
            aria-pressed={place.level === id}
            data-focus={i === 0 ? `level ${place.key}` : undefined}
            onClick={() => onLevel(place.level === id ? null : id)}
          >
            {text}
          </button>
        ))}
      </div>
      {step.note !== undefined && (
        <TextField
          label={step.note}
          zone={readBy.onlyYou}
          optional
          maxLength={500}
          value={place.note}
          onChange={onNote}
        />
      )}
    </div>
  );
}
