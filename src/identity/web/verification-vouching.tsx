/** Asking two colleagues: the code is shown once, and another can be made in its place. */
import { useState } from "react";
import { useLocation } from "wouter";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { CopyText } from "#design/copy-text.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { askByVouching, renewVouchCode } from "../verification-contract.ts";
import { AskForm, askTrouble, useClaim } from "./verification-claim.tsx";
import { words } from "./verification-words.ts";
import style from "./verification.module.css";

/** `isAsking`: the member asks this way already; then there is a code to renew, and nothing to fill in. */
export function AskColleagues({ isAsking }: { readonly isAsking: boolean }) {
  const text = words.vouching;
  const [, navigate] = useLocation();
  const draft = useClaim();
  const [code, setCode] = useState<string | null>(null);
  const ask = async () => {
    const asked = await call(askByVouching, { body: draft.claim! });
    if (!asked.ok) return askTrouble(asked.refusal);
    draft.clear();
    setCode(asked.value.code);
    return null;
  };
  if (code !== null || isAsking)
    return (
      <div className={style["stack"]}>
        <VouchCode first={code} onGone={() => navigate(words.backToStanding.href)} />
        <Actions>
          <LinkButton href={words.backToStanding.href}>{words.backToStanding.text}</LinkButton>
        </Actions>
      </div>
    );
  return (
    <>
      <p className={style["quiet"]}>{text.how}</p>
      <AskForm
        claim={draft}
        nameHint={words.claim.nameHintVouching}
        submit={text.make}
        busyText={words.asking}
        onAsk={ask}
      />
    </>
  );
}

interface VouchCodeProps {
  /** The code just made; null where it was shown earlier, and is known to nobody any more. */
  readonly first: string | null;
  /** The member no longer asks this way. */
  readonly onGone: () => void | Promise<void>;
}

export function VouchCode({ first, onGone }: VouchCodeProps) {
  const text = words.vouching;
  const [code, setCode] = useState(first);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const renew = async () => {
    setBusy(true);
    setTrouble(null);
    const renewed = await call(renewVouchCode, { body: {} });
    setBusy(false);
    if (renewed.ok) {
      setCode(renewed.value.code);
      return;
    }
    const isGone = renewed.refusal.type === "NotVouching";
    setTrouble(isGone ? text.notVouching : refusalToWords(renewed.refusal));
    if (isGone) await onGone();
  };
  return (
    <div className={style["stack"]}>
      {code !== null && (
        <>
          <CopyText label={text.code} value={code} />
          <p role="status">{text.codeOnce}</p>
        </>
      )}
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <p className={style["quiet"]}>{text.renewLead}</p>
      <Actions>
        <Button busy={busy} onClick={() => void renew()}>
          {text.renew}
        </Button>
      </Actions>
    </div>
  );
}
