/** What these questions are not, and what every verdict rests on. */
import { Disclosure } from "#design/disclosure.tsx";
import type { CheckIn } from "#library/check-in.ts";
import results from "virtual:content/check-in/results";
import { changeThreshold, noiseOf } from "../change.ts";
import type { DimensionTold } from "../result.ts";
import { words } from "./words.ts";
import style from "./result.module.css";

export function FinePrint(props: {
  readonly checkIn: CheckIn;
  readonly told: readonly DimensionTold[];
}) {
  return (
    <div className={style["finePrint"]}>
      <p>{results.label}</p>
      <Disclosure summary={words.result.finePrint}>
        <div className={style["more"]}>
          <p>{results.bandNote}</p>
          <p>{results.noiseNote}</p>
          <ul className={style["points"]}>
            {props.told.map(({ dimension }) => {
              const noise = noiseOf(props.checkIn, dimension.id);
              return (
                <li key={dimension.id}>
                  {words.result.noiseSource(
                    dimension.name,
                    Math.ceil(changeThreshold(noise)),
                    noise.source,
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      </Disclosure>
    </div>
  );
}
