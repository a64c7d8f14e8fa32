/** The recovery sheet on screen and on paper, and the two words that show it was written down. */
import { useMemo, useState } from "react";
import { Actions } from "#design/actions.tsx";
import { enterGoesOn } from "#design/arrival.ts";
import { Button } from "#design/button.tsx";
import { TextField } from "#design/field.tsx";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import { words } from "./words.ts";
import style from "./identity.module.css";

export function RecoverySheet(props: {
  readonly phrase: readonly string[];
  readonly onTested: () => void;
}) {
  const [showing, setShowing] = useState(true);
  const places = useMemo(() => twoPlaces(props.phrase.length), [props.phrase]);
  const [typed, setTyped] = useState(["", ""]);
  const [wrong, setWrong] = useState(false);

  if (showing)
    return (
      <div className={style["form"]}>
        <p>{words.join.sheetLead}</p>
        <ol className={style["sheet"]} aria-label={words.join.sheetTitle} translate="no">
          {props.phrase.map((word, at) => (
            <li key={at}>{word}</li>
          ))}
        </ol>
        <Notice kind="warm">{words.join.sheetLost}</Notice>
        <Actions>
          <Button kind="primary" onClick={() => setShowing(false)}>
            {words.join.sheetDone}
          </Button>
          <Button onClick={() => print()}>{words.join.sheetPrint}</Button>
        </Actions>
      </div>
    );

  const check = () => {
    const right = places.every(
      (place, at) => typed[at]!.trim().toLowerCase() === props.phrase[place],
    );
    setWrong(!right);
    if (right) props.onTested();
  };
  return (
    <form
      className={style["form"]}
      ref={enterGoesOn}
      onSubmit={(event) => {
        event.preventDefault();
        check();
      }}
    >
      <p>{words.join.testLead}</p>
      {places.map((place, at) => (
        <TextField
          key={place}
          label={words.join.testWord(place + 1)}
          zone={readBy.neverSent}
          arrival={at === 0}
          enterKeyHint={at === 0 ? "next" : "go"}
          value={typed[at]!}
          width="short"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(value) =>
            setTyped((before) => before.map((old, nth) => (nth === at ? value : old)))
          }
        />
      ))}
      {wrong && <Notice kind="refusal">{words.join.testWrong}</Notice>}
      <Actions>
        <Button kind="primary" type="submit">
          {words.join.next}
        </Button>
        <Button kind="quiet" onClick={() => setShowing(true)}>
          {words.join.testShow}
        </Button>
      </Actions>
    </form>
  );
}

/** Two different places, counted from 0, in order. */
function twoPlaces(count: number): readonly [number, number] {
  const [one = 0, other = 0] = crypto.getRandomValues(new Uint32Array(2));
  const first = one % count;
  const second = (first + 1 + (other % (count - 1))) % count;
  return first < second ? [first, second] : [second, first];
}
