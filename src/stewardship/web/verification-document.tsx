/**
 * Asking to be verified by a document: looked at, sealed to the stewards' key and sent, all on the doctor's
 * device. The key is taken only from a log that goes on from what the member's devices know.
 */
import { useCallback, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { FileField } from "#design/file-field.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import { Skeleton } from "#design/skeleton.tsx";
import { AskForm, askTrouble, useClaim } from "#identity/web/verification-claim.tsx";
import { words as identityWords } from "#identity/web/verification-words.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useSafe } from "#vault/web/safe-context.tsx";
import type { StewardLogState } from "../steward-log.ts";
import { documentType, LARGEST_DOCUMENT } from "../steward-wrap.ts";
import { askByDocument } from "../verification-contract.ts";
import { sealDocument } from "./document-seal.ts";
import { moveOn, readKeyLog } from "./logs.ts";
import { words } from "./member-words.ts";
import style from "./member.module.css";

type Key =
  | { readonly at: "looking" }
  | { readonly at: "unread"; readonly why: string }
  | { readonly at: "waits" }
  | { readonly at: "untrusted" }
  | { readonly at: "ready"; readonly state: StewardLogState };

export function VerificationDocument() {
  const text = words.document;
  const safe = useSafe();
  const [key, setKey] = useState<Key>({ at: "looking" });
  const lookUp = useCallback(async (): Promise<Key> => {
    const read = await readKeyLog(safe);
    await moveOn(safe, "steward-keys", read);
    if (read.at === "unread") return { at: "unread", why: refusalToWords(read.refusal) };
    if (read.at !== "good") return { at: "untrusted" };
    const { state, documentsWait } = read.content;
    return state === null || documentsWait ? { at: "waits" } : { at: "ready", state };
  }, [safe]);
  const look = useCallback(async () => {
    setKey({ at: "looking" });
    setKey(await lookUp());
  }, [lookUp]);
  useEffect(() => void look(), [look]);

  switch (key.at) {
    case "looking":
      return <Skeleton label={text.looking} lines={6} />;
    case "unread":
      return (
        <Notice kind="refusal">
          <p>{key.why}</p>
          <Actions>
            <Button onClick={() => void look()}>{text.again}</Button>
          </Actions>
        </Notice>
      );
    case "waits":
      return (
        <div className={style["stack"]}>
          <Notice kind="warm" title={text.waitsTitle} live="polite">
            {text.waits}
          </Notice>
          <Actions>
            <Button onClick={() => void look()}>{text.again}</Button>
            <LinkButton href={identityWords.backToStanding.href}>{text.otherWay}</LinkButton>
          </Actions>
        </div>
      );
    case "untrusted":
      return (
        <div className={style["stack"]}>
          <Notice kind="refusal" title={text.untrustedTitle}>
            {text.untrusted}
          </Notice>
          <Actions>
            <LinkButton href="/account/decisions">{text.toLogs}</LinkButton>
          </Actions>
        </div>
      );
    case "ready":
      return <Sending lookUp={lookUp} onKey={setKey} />;
  }
}

type Chosen =
  | { readonly at: "none" }
  | { readonly at: "wrong"; readonly why: string }
  | { readonly at: "file"; readonly name: string; readonly bytes: Uint8Array };

type Step = keyof typeof words.document.steps;

interface SendingProps {
  readonly lookUp: () => Promise<Key>;
  /** The key is no longer to be had, or no longer to be trusted. */
  readonly onKey: (key: Key) => void;
}

function Sending({ lookUp, onKey }: SendingProps) {
  const text = words.document;
  const safe = useSafe();
  const [, navigate] = useLocation();
  const draft = useClaim();
  const [chosen, setChosen] = useState<Chosen>({ at: "none" });
  const [step, setStep] = useState<Step>("reading");

  const ask = async (): Promise<string | null> => {
    if (chosen.at !== "file") return text.missing;
    // Once more where a steward made the key anew in this very moment.
    for (let tries = 0; tries < 2; tries++) {
      setStep("reading");
      const key = await lookUp();
      if (key.at === "unread") return key.why;
      if (key.at !== "ready") {
        onKey(key);
        return null;
      }
      const { epoch, epochKeys } = key.state;
      setStep("sealing");
      const sealed = await sealDocument(epoch, epochKeys, safe.account, chosen.bytes);
      setStep("sending");
      const asked = await call(askByDocument, { body: { ...draft.claim!, epoch, sealed } });
      if (asked.ok) {
        draft.clear();
        navigate(identityWords.backToStanding.href);
        return null;
      }
      if (asked.refusal.type === "StewardsWait") {
        onKey({ at: "waits" });
        return null;
      }
      if (asked.refusal.type !== "EpochPassed") return askTrouble(asked.refusal);
    }
    return text.movedAgain;
  };

  return (
    <>
      <div className={style["stack"]}>
        <p className={style["quiet"]}>{text.how}</p>
        <p className={style["quiet"]}>{text.sealedHow}</p>
      </div>
      <AskForm
        claim={draft}
        isComplete={chosen.at === "file"}
        submit={text.submit}
        busyText={text.steps[step]}
        onAsk={ask}
      >
        {(isShown) => (
          <FileField
            label={text.file}
            zone={readBy.youAnd(text.theStewards)}
            hint={text.fileHint}
            accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
            chosen={
              chosen.at === "file"
                ? text.chosen(chosen.name, text.megabytes(chosen.bytes.length))
                : undefined
            }
            error={
              chosen.at === "wrong"
                ? chosen.why
                : isShown && chosen.at === "none"
                  ? text.missing
                  : null
            }
            onChoose={([file]) => {
              if (file !== undefined) void look(file).then(setChosen);
            }}
          />
        )}
      </AskForm>
    </>
  );
}

/** By what is in it; its name goes nowhere. */
async function look(file: File): Promise<Chosen> {
  const text = words.document;
  if (file.size > LARGEST_DOCUMENT) return { at: "wrong", why: text.tooLarge };
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return documentType(bytes) === null
      ? { at: "wrong", why: text.wrongType }
      : { at: "file", name: file.name, bytes };
  } catch {
    // It was moved, or lies where the browser may not read.
    return { at: "wrong", why: text.unreadable };
  }
}
