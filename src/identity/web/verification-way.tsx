/** One way to ask, on a page of its own. The document's is handed in: it is sealed to the stewards. */
import type { ReactNode } from "react";
import { useLocation, useParams } from "wouter";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Skeleton } from "#design/skeleton.tsx";
import { call } from "#platform/web/api.ts";
import { VERIFICATION_WAYS, type VerificationWay as Way } from "../verification.ts";
import { askByNpi, askByRoster } from "../verification-contract.ts";
import { AskForm, askTrouble, useClaim } from "./verification-claim.tsx";
import { AskByMail } from "./verification-mail.tsx";
import { useStanding, type Standing } from "./verification-standing.ts";
import { AskColleagues } from "./verification-vouching.tsx";
import { words } from "./verification-words.ts";
import { Failed } from "./verification.tsx";
import style from "./verification.module.css";

export function VerificationWay({ document }: { readonly document: ReactNode }) {
  const { way: asked } = useParams<{ readonly way: string }>();
  const [state, load] = useStanding();
  const way = VERIFICATION_WAYS.find((each) => each === asked) ?? null;
  return (
    <Page
      title={way === null ? words.notOpenTitle : words.ways[way].title}
      lead={way === null ? words.notOpen : words.ways[way].about}
      back={words.backToStanding}
      zone={readBy.stewards}
    >
      {state.at === "loading" && <Skeleton label={words.loading} lines={5} />}
      {state.at === "failed" && <Failed why={state.why} onAgain={() => void load()} />}
      {state.at === "shown" && way !== null && (
        <Open way={way} standing={state.standing} document={document} />
      )}
    </Page>
  );
}

interface OpenProps {
  readonly way: Way;
  readonly standing: Standing;
  readonly document: ReactNode;
}

function Open({ way, standing, document }: OpenProps) {
  if (standing.state === "verified") return <Elsewhere>{words.verifiedAlready}</Elsewhere>;
  if (!standing.ways.includes(way))
    return <Elsewhere title={words.notOpenTitle}>{words.notOpen}</Elsewhere>;
  const isAsked = standing.state === "asked";
  const isVouching = isAsked && standing.way === "vouching";
  return (
    <>
      {isAsked && !(isVouching && way === "vouching") && <Notice>{words.replaces}</Notice>}
      {way === "npi" && <AskByNpi />}
      {way === "roster" && <AskByRoster isStudent={standing.arrivedWith === "students"} />}
      {way === "vouching" && <AskColleagues isAsking={isVouching} />}
      {way === "document" && document}
      {way === "institution-mail" && <AskByMail />}
    </>
  );
}

function Elsewhere(props: { readonly title?: string; readonly children: string }) {
  return (
    <div className={style["stack"]}>
      <Notice title={props.title}>{props.children}</Notice>
      <div>
        <LinkButton href={words.backToStanding.href}>{words.toStanding}</LinkButton>
      </div>
    </div>
  );
}

function AskByNpi() {
  const [, navigate] = useLocation();
  const draft = useClaim("US");
  const ask = async () => {
    const { licence, ...name } = draft.claim!;
    const asked = await call(askByNpi, { body: { npi: licence.number, ...name } });
    if (!asked.ok) return askTrouble(asked.refusal);
    draft.clear();
    navigate(words.backToStanding.href);
    return null;
  };
  return <AskForm claim={draft} isNpi submit={words.ask} busyText={words.asking} onAsk={ask} />;
}

function AskByRoster({ isStudent }: { readonly isStudent: boolean }) {
  const [, navigate] = useLocation();
  const draft = useClaim();
  const ask = async () => {
    const claim = isStudent ? null : draft.claim;
    const asked = await call(askByRoster, { body: { claim } });
    if (!asked.ok) return askTrouble(asked.refusal);
    draft.clear();
    navigate(words.backToStanding.href);
    return null;
  };
  return (
    <>
      <p className={style["quiet"]}>{isStudent ? words.roster.students : words.roster.residents}</p>
      <AskForm
        claim={isStudent ? null : draft}
        submit={words.ask}
        busyText={words.asking}
        onAsk={ask}
      />
    </>
  );
}
