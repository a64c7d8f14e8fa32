/** One dimension of a result: a word for where it stands, the scale with what chance alone can move, and its cause. */
import type { CSSProperties } from "react";
import { Disclosure } from "#design/disclosure.tsx";
import { VerdictMark } from "#design/chart/verdict-mark.tsx";
import { EvidenceCard } from "#library/web/evidence.tsx";
import type { DimensionTold } from "../result.ts";
import { words } from "./words.ts";
import style from "./result.module.css";

export function DimensionCard(props: { readonly told: DimensionTold; readonly isLater: boolean }) {
  const { dimension, band, trend } = props.told;
  return (
    <li className={style["dimension"]}>
      <h3 className={style["name"]}>
        {dimension.name}: <span className={style["band"]}>{words.result.bands[band.id]}</span>
      </h3>
      <ScaleDrawing told={props.told} />
      <p>{band.means}</p>
      {props.isLater && <p className={style["quiet"]}>{trend.sentence}</p>}
      <Disclosure summary={words.result.moreOn(dimension.name)}>
        <div className={style["more"]}>
          <p>{dimension.about}</p>
          <h4>{words.result.whatHelps}</h4>
          <ul className={style["now"]}>
            {band.now.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
          <h4>{words.result.others}</h4>
          {"unknown" in dimension.norm ? (
            <p>{dimension.norm.unknown}</p>
          ) : (
            <EvidenceCard evidence={dimension.norm} />
          )}
        </div>
      </Disclosure>
    </li>
  );
}

/** The whole scale, the stretch that chance alone can fill, and this reading on it. */
function ScaleDrawing({ told }: { readonly told: DimensionTold }) {
  const { dimension, score, trend } = told;
  const { from, to } = trend.band;
  const label = words.result.scale(
    dimension.name,
    Math.round(score),
    Math.round(from),
    Math.round(to),
  );
  return (
    <div className={style["scale"]}>
      <div
        role="img"
        aria-label={label}
        className={style["track"]}
        style={{ "--from": `${from}%`, "--to": `${to}%`, "--at": `${score}%` } as CSSProperties}
      >
        <span className={style["noise"]} />
        <svg className={style["marker"]} viewBox="-9 -9 18 18">
          <VerdictMark verdict={trend.latest?.state} />
        </svg>
      </div>
      <div className={style["ends"]} aria-hidden="true">
        <span>{words.result.little}</span>
        <span>{words.result.much}</span>
      </div>
    </div>
  );
}
