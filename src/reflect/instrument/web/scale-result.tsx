/** One scale of a result: the number in its range, what it is called by whom, and what moved. */
import { Disclosure } from "#design/disclosure.tsx";
import { dayText } from "#design/time.tsx";
import type { ScaleTold } from "../told.ts";
import { words } from "./words.ts";
import style from "./instrument.module.css";

const text = words.result;

export function ScaleResult({ told }: { readonly told: ScaleTold }) {
  const { scale, score, answered, asked } = told;
  return (
    <li className={style["scale"]}>
      <h3>{scale.name}</h3>
      {score === null ? (
        <p>{text.notScored(answered, asked)}</p>
      ) : (
        <>
          <p>
            {text.score(score, scale.lowest, scale.highest)} {text.better[scale.better]}
          </p>
          {told.isFilledUp && <p className={style["quiet"]}>{text.filledUp(answered, asked)}</p>}
          {told.band !== null && <p>{text.band(told.band.name)}</p>}
          {told.lines.length > 0 && (
            <ul className={style["conventions"]}>
              {told.lines.map(({ line, isReached }) => (
                <li key={`${line.when}${line.at}${line.says}`}>
                  {text.line(text.when[line.when], line.at, line.says)}{" "}
                  {isReached ? text.reached : text.unreached}
                </li>
              ))}
            </ul>
          )}
          <Change told={told} />
        </>
      )}
      <Disclosure summary={text.sources}>
        <Sources told={told} />
      </Disclosure>
    </li>
  );
}

function Change({ told: { change } }: { readonly told: ScaleTold }) {
  if (change === null) return null;
  if (change.kind === "unknown-noise") return <p>{text.unknownNoise}</p>;
  const { verdict } = change;
  const since = dayText(verdict.since, "short");
  const by = Math.abs(verdict.by);
  const threshold = Math.ceil(change.threshold * 10) / 10;
  if (change.kind === "possible") return <p>{text.possible(by, since, change.from, threshold)}</p>;
  if (verdict.state === "no-clear-change") return <p>{text.unclear(since, threshold)}</p>;
  return <p>{text[verdict.state](by, since, threshold)}</p>;
}

function Sources({ told: { scale, band } }: { readonly told: ScaleTold }) {
  return (
    <>
      {band !== null && <p>{text.source(band.source)}</p>}
      {scale.lines.map(({ when, at, says, source }) => (
        <p key={`${when}${at}${says}`}>
          {text.line(text.when[when], at, says)} {text.source(source)}
        </p>
      ))}
      <p>{text.missingRule(scale.missing.source.text)}</p>
      {scale.noise !== null && <p>{text.noise(scale.noise.source.text)}</p>}
    </>
  );
}
