/** How leading an hour goes: six short readings with something to try, and what one promises. */
import { useState } from "react";
import facilitating from "virtual:content/circles/facilitating";
import { Actions } from "#design/actions.tsx";
import { Button, buttonLook } from "#design/button.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { Steps } from "#design/steps.tsx";
import { words } from "./live-words.ts";
import { useTrained } from "./trained.ts";
import style from "./live.module.css";

const text = words.facilitating;
const back = { href: "/circles/room", text: words.back };
const { readings, promises } = facilitating;
const MINUTES = readings.reduce((sum, { minutes }) => sum + minutes, 0);
const STEPS = readings.length + 1;

/** Counts the pages: the way in, the readings, the promises, and the end. */
export function Facilitating() {
  const [at, setAt] = useState(0);
  const [isTrained, promise] = useTrained();
  const reading = readings[at - 1];
  const on = () => setAt(at + 1);
  const turn = (
    <Actions>
      {at > 0 && <Button onClick={() => setAt(at - 1)}>{text.back}</Button>}
      <Button kind="primary" onClick={on}>
        {at === 0 ? text.begin : text.on}
      </Button>
    </Actions>
  );
  if (at === 0)
    return (
      <Page key={at} title={text.title} lead={text.lead(MINUTES)} back={back} action={turn}>
        {isTrained === true && <Notice>{text.again}</Notice>}
        <ol className={style["truths"]}>
          {readings.map(({ id, name }) => (
            <li key={id}>{name}</li>
          ))}
          <li>{text.promises.title}</li>
        </ol>
        <p className={style["quiet"]}>{text.kept}</p>
      </Page>
    );
  if (reading !== undefined)
    return (
      <Page key={at} title={reading.name} back={back} action={turn}>
        <Steps at={at} of={STEPS} text={text.minutes(reading.minutes)} />
        <div className={style["reading"]}>
          {reading.text.map((each) => (
            <p key={each}>{each}</p>
          ))}
        </div>
        <section className={style["lead"]}>
          <h2>{text.try}</h2>
          <p>{reading.try}</p>
          {reading.id === "a-bad-moment" && (
            <a
              className={buttonLook({ kind: "secondary" })}
              href="/crisis"
              target="_blank"
              rel="noopener noreferrer"
            >
              <span>{words.bar.crisis}</span>
            </a>
          )}
        </section>
      </Page>
    );
  if (at === STEPS)
    return (
      <Page
        key={at}
        title={text.promises.title}
        lead={text.promises.lead}
        back={back}
        action={
          <Actions>
            <Button onClick={() => setAt(at - 1)}>{text.back}</Button>
            <Button
              kind="primary"
              onClick={() => {
                promise();
                on();
              }}
            >
              {text.promises.accept}
            </Button>
          </Actions>
        }
      >
        <Steps at={at} of={STEPS} text={text.promises.step} />
        <ol className={style["truths"]}>
          {promises.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ol>
      </Page>
    );
  return (
    <Page key={at} title={text.done.title} lead={text.done.lead}>
      <Actions>
        <LinkButton kind="primary" href="/circles/room">
          {words.back}
        </LinkButton>
        <LinkButton href="/circles/live">{words.title}</LinkButton>
      </Actions>
    </Page>
  );
}
