/** The two answers a steward can give a coach. */
import { useState } from "react";
import { useLocation } from "wouter";
import { Button } from "#design/button.tsx";
import { Checkbox } from "#design/checkbox.tsx";
import { Choice } from "#design/choice.tsx";
import { TextArea } from "#design/field.tsx";
import { focusFirstFault } from "#design/first-fault.ts";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import { useToast } from "#design/toast.tsx";
import type { WireRefusal } from "#platform/contract.ts";
import type { Result } from "#platform/result.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useDraft } from "#vault/web/safe-context.tsx";
import { decideCoach } from "../contract.ts";
import { standingOf, type CredentialOnFile } from "../credential.ts";
import { monthText } from "./coach-card.tsx";
import { words } from "./coach-decisions-words.ts";
import type { CoachOnFile } from "./coach-decisions.tsx";
import style from "./coach-decisions.module.css";

export interface DecisionProps {
  readonly coach: CoachOnFile;
  /** The coach is not as shown any more. */
  readonly onStale: () => void;
}

const KINDS = ["physician", "other-certified-coach"] as const;

export interface PublishProps extends DecisionProps {
  /** Null until the steward has said. */
  readonly kind: CoachOnFile["kind"] | null;
  readonly onKind: (kind: CoachOnFile["kind"]) => void;
}

export function PublishForm({ coach, kind, onKind, onStale }: PublishProps) {
  const { credentials } = coach;
  // By what is in them, so that a credential that changes under the steward's eyes is not ticked any more.
  const [ticked, setTicked] = useState<ReadonlyMap<string, boolean>>(new Map());
  const verified = credentials.filter(
    (each) => ticked.get(contentOf(each)) ?? each.state === "verified",
  );
  const { busy, trouble, decide } = useDecision(onStale);
  const [shown, setShown] = useState(false);
  const today = Temporal.Now.plainDateISO().toString();
  const hasCredential = verified.some((each) => standingOf(each, today) !== "expired");
  return (
    <form
      className={style["form"]}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setShown(true);
        if (kind === null) focusFirstFault(event.currentTarget);
        else if (!busy)
          void decide(
            call(decideCoach, {
              params: { id: coach.id },
              body: { decision: "publish", kind, verified: verified.map(declared) },
            }),
            words.publishedToast(coach.name),
          );
      }}
    >
      {credentials.length === 0 && <p>{words.noCredentials}</p>}
      {credentials.map((credential, place) => (
        <Checkbox
          key={place}
          label={words.checked(nameOf(credential))}
          zone={readBy.community}
          hint={detailsOf(credential, today)}
          checked={verified.includes(credential)}
          onChange={(checked) =>
            setTicked((before) => new Map(before).set(contentOf(credential), checked))
          }
        />
      ))}
      <Choice
        label={words.kind}
        zone={readBy.community}
        error={shown && kind === null ? words.kindMissing : null}
        options={KINDS.map((value) => ({
          value,
          text: words.kinds[value],
          note: words.kindNotes[value],
        }))}
        value={kind}
        onChange={(value) => onKind(value === "physician" ? value : "other-certified-coach")}
      />
      {kind === "other-certified-coach" && !hasCredential && (
        <Notice>{words.needsCredential}</Notice>
      )}
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <Button kind="primary" type="submit" busy={busy} busyText={words.publishing}>
        {coach.state === "published" ? words.publishAgain : words.publish}
      </Button>
    </form>
  );
}

export function ReturnForm({ coach, onStale }: DecisionProps) {
  const [reason, setReason, draft] = useDraft(`coaching/decision/${coach.id}`, "");
  const [shown, setShown] = useState(false);
  const { busy, trouble, decide } = useDecision(onStale);
  const isPublished = coach.state === "published";
  const error = reasonError(reason);
  return (
    <form
      className={style["form"]}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setShown(true);
        if (error === null && !busy)
          void decide(
            call(decideCoach, { params: { id: coach.id }, body: { decision: "return", reason } }),
            words.returnedToast(coach.name),
            draft.clear,
          );
      }}
    >
      <TextArea
        label={words.reason}
        zone={readBy.coachAndStewards(coach.name)}
        hint={words.reasonHint}
        error={shown ? error : null}
        value={reason}
        onChange={setReason}
      />
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <Button type="submit" busy={busy} busyText={words.returning}>
        {isPublished ? words.returnActPublished : words.returnAct}
      </Button>
    </form>
  );
}

/** Sends a decision, and back to the list once it stands. */
function useDecision(onStale: () => void) {
  const [, navigate] = useLocation();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const decide = async (
    deciding: Promise<Result<unknown, WireRefusal>>,
    said: string,
    onDone?: () => void,
  ) => {
    setBusy(true);
    setTrouble(null);
    const decided = await deciding;
    setBusy(false);
    if (decided.ok) {
      onDone?.();
      toast({ text: said });
      navigate("/stewardship/coaches");
      return;
    }
    const { refusal } = decided;
    const stale = staleWords(refusal.type);
    setTrouble(stale ?? refusalToWords(refusal));
    if (stale !== null) onStale();
  };
  return { busy, trouble, decide };
}

/** Null where the coach is as shown. */
function staleWords(refusal: string): string | null {
  if (refusal === "CredentialsChanged") return words.credentialsChanged;
  return refusal === "NotWaiting" || refusal === "NotFound" ? words.notWaiting : null;
}

function reasonError(reason: string): string | null {
  const { length } = reason.trim();
  if (length < 3) return words.reasonEmpty;
  return length > 600 ? words.reasonLong : null;
}

const declared = ({ granted, number, expires }: CredentialOnFile) => ({ granted, number, expires });

const contentOf = (credential: CredentialOnFile): string => JSON.stringify(declared(credential));

function nameOf({ granted }: CredentialOnFile): string {
  return granted.body === "other" ? granted.level : `${granted.body} ${granted.level}`;
}

function detailsOf(credential: CredentialOnFile, today: string): string {
  const standing = words.standings[standingOf(credential, today)];
  return words.details([
    words.number(credential.number),
    credential.expires === null ? words.noEnd : words.until(monthText(credential.expires)),
    ...(standing === null ? [] : [standing]),
  ]);
}
