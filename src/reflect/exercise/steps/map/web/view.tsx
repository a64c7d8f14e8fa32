/** A level for each place. A body is drawn, with the same places as words; energy is bars to both sides of a line. */
import { StepQuestion } from "../../../web/step-question.tsx";
import type { StepViewProps } from "../../../web/step-view.ts";
import { words as allWords } from "../../web/words.ts";
import { placesOf, type MapAnswer, type MapStep } from "../step.ts";
import { BodyMap } from "./body-map.tsx";
import { EnergyMap } from "./energy-map.tsx";
import style from "./view.module.css";

export function View({ step, answer, carried, onChange }: StepViewProps<MapStep, MapAnswer>) {
  const places = placesOf(step, answer, carried);
  const Map = step.picture === "body" ? BodyMap : EnergyMap;
  return (
    <div className={style["map"]}>
      <StepQuestion ask={step.ask} hint={step.hint} />
      {places.length === 0 ? (
        <p>{allWords.nothingCarried}</p>
      ) : (
        <Map step={step} places={places} answer={answer} onChange={onChange} />
      )}
    </div>
  );
}
