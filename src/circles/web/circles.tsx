/** The circles' home: what they are, whether one's pass counts, and then waiting or the way in. */
import { useState, type ReactNode } from "react";
import { Button } from "#design/button.tsx";
import { Disclosure } from "#design/disclosure.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { Skeleton } from "#design/skeleton.tsx";
import { dayText } from "#design/time.tsx";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { CROWD_TO_OPEN } from "#pass/crowd.ts";
import type { Crowd } from "#pass/web/wallet.ts";
import { NextPass } from "./next-pass.tsx";
import { MergedNotice } from "./merged-notice.tsx";
import { SeatShown } from "./seat-shown.tsx";
import { usePlace, type PlaceState } from "./use-place.ts";
import { WaitingForm } from "./waiting-form.tsx";
import { WaitingShown } from "./waiting-shown.tsx";
import { words } from "./words.ts";
import style from "./circles.module.css";

export function Circles() {
  const { state, look } = usePlace();
  return (
    <Page title={words.title} lead={words.lead} zone={readBy.namelessly}>
      <Standing state={state} look={look} />
      {"crowd" in state && (state.at !== "later" || state.crowd !== null) && (
        <CrowdShown crowd={state.crowd} />
      )}
      <About isOpen={state.at !== "here"} />
    </Page>
  );
}

function Standing(props: { readonly state: PlaceState; readonly look: () => Promise<void> }) {
  const { state, look } = props;
  const [isChanging, setIsChanging] = useState(false);
  switch (state.at) {
    case "looking":
      return <Skeleton label={words.loading} lines={5} />;
    case "not-verified":
      return <Told of={words.notVerified} href="/account/verification" />;
    case "no-pass":
      return <Told of={words.noPass} href="/account" />;
    case "trouble":
      return <Told of={words.trouble} href="/account" isRefusal />;
    case "unread":
      return <Told of={words.unread} />;
    case "later": {
      const title = words.later.title(dayText(state.period.beginsFrom, "full"));
      return <Told of={{ title, text: words.later.text }} />;
    }
    case "refused":
      return (
        <Notice kind="refusal">
          <p>{words.refused[state.trouble.type] ?? refusalToWords(state.trouble)}</p>
          <Button onClick={() => void look()}>{words.retry}</Button>
        </Notice>
      );
    case "here": {
      const { place, trouble } = state;
      const { waiting, seat } = place;
      return (
        <>
          <MergedNotice here={state} />
          {trouble !== null && (
            <Notice>
              {words.stale} {refusalToWords(trouble)}
            </Notice>
          )}
          {seat?.state === "left" ? (
            <Section title={words.next.title}>
              <NextPass here={state} />
            </Section>
          ) : seat !== null ? (
            <SeatShown seat={seat} endsOn={place.endsOn} />
          ) : waiting === null || isChanging ? (
            <WaitingForm
              here={state}
              onDone={async () => {
                await look();
                setIsChanging(false);
              }}
              {...(waiting === null ? {} : { onCancel: () => setIsChanging(false) })}
            />
          ) : (
            <WaitingShown
              here={state}
              waiting={waiting}
              onChange={() => setIsChanging(true)}
              onStopped={look}
            />
          )}
        </>
      );
    }
  }
}

function Told(props: {
  readonly of: { readonly title: string; readonly text: string; readonly action?: string };
  readonly href?: string;
  readonly isRefusal?: boolean;
}) {
  const { of, href, isRefusal = false } = props;
  const action: ReactNode = href !== undefined && of.action !== undefined && (
    <LinkButton kind={isRefusal ? "secondary" : "primary"} href={href}>
      {of.action}
    </LinkButton>
  );
  if (isRefusal)
    return (
      <Notice kind="refusal" title={of.title}>
        <p>{of.text}</p>
        {action}
      </Notice>
    );
  return (
    <Section title={of.title} lead={of.text}>
      {action}
    </Section>
  );
}

function CrowdShown({ crowd }: { readonly crowd: Crowd | null }) {
  const text = words.crowd;
  return (
    <p className={style["crowd"]}>
      {crowd === null ? text.unknown : text.held(crowd.holders)}{" "}
      {crowd !== null && !crowd.open && text.closed(CROWD_TO_OPEN)} {crowd !== null && text.word}
    </p>
  );
}

function About({ isOpen }: { readonly isOpen: boolean }) {
  const steps = (
    <ol className={style["steps"]}>
      {words.about.steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
  return isOpen ? (
    <Section title={words.about.title}>{steps}</Section>
  ) : (
    <Disclosure summary={words.about.title}>{steps}</Disclosure>
  );
}
