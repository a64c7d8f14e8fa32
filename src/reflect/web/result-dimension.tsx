/**
 * The dimensions of a result, by where they stand: a word for each, the scale with what chance alone can
 * move, and the cause. More on each waits behind a tap, so that a tired reader is done in a minute.
 */
import type { CSSProperties } from "react";
import { Disclosure } from "#design/disclosure.tsx";
import { Section } from "#design/section.tsx";
import { VerdictMark } from "#design/chart/verdict-mark.tsx";
import { EvidenceCard } from "#library/web/evidence.tsx";
import type { DimensionTold, ResultTold, Standing } from "../result.ts";
import { words } from "./words.ts";
import style from "./result.module.css";

export function DimensionGroup(props: {
  readonly standing: Standing;
  readonly result: ResultTold;
}) {
  const { standing, result } = props;
  const told = result.told.filter((one) => one.standing === standing);
  if (told.length === 0) return null;
  return (
    <Section title={words.result.standings[standing]}>
      <ul className={style["group"]}>
        {told.map((one) => (
          <DimensionItem
            key={one.dimension.id}
            told={one}
            isLater={result.isLater}
            isBrief={standing === "between"}
          />
        ))}
      </ul>
    </Section>
  );
}

function DimensionItem(props: {
  readonly told: DimensionTold;
  readonly isLater: boolean;
  readonly isBrief: boolean;
}) {
  const { dimension, band, trend } = props.told;
  return (
    <li className={style["item"]}>
      <h3 className={style["name"]}>
        {dimension.name} <span className={style["band"]}>{words.result.bands[band.id]}</span>
      </h3>
      <ScaleDrawing told={props.told} />
      {!props.isBrief && <p>{band.means}</p>}
      <Disclosure summary={words.result.moreOn(dimension.name)}>
        <div className={style["more"]}>
          {props.isBrief && <p>{band.means}</p>}
          <p>{dimension.about}</p>
          {props.isLater && <p>{trend.sentence}</p>}
          <h4>{words.result.whatHelps}</h4>
          <ul className={style["points"]}>
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
      <span aria-hidden="true">{words.result.little}</span>
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
      <span aria-hidden="true">{words.result.much}</span>
    </div>
  );
}
