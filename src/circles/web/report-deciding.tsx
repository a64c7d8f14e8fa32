/** A steward's decision about a report, signed in this browser. */
import { useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Choice } from "#design/choice.tsx";
import { focusFirstFault } from "#design/first-fault.ts";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import { useToast } from "#design/toast.tsx";
import type { WireRefusal } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { concernsMember, REPORT_DECISIONS } from "../judging.ts";
import { decideReport } from "../judging-contract.ts";
import { signedDecision, type SealedReportRow, type StewardEpoch } from "./report-judging.ts";
import { words } from "./report-words.ts";
import style from "./reports.module.css";

/** What the stewards' room knows of their key. */
export interface StewardHands {
  /** Null where this account holds no key of that epoch. */
  readonly openEpoch: (epoch: number) => Promise<StewardEpoch | null>;
  /** 0 while there is no key. */
  readonly newestEpoch: number;
}

export function ReportDeciding(props: {
  readonly report: SealedReportRow;
  /** Pseudonyms in the order of their numbers; none where the report could not be believed. */
  readonly senders: readonly string[];
  readonly hands: StewardHands;
  readonly onDecided: () => void;
}) {
  const { report, senders, hands, onDecided } = props;
  const toast = useToast();
  const [decision, setDecision] = useState<string | null>(null);
  const [member, setMember] = useState<string | null>(senders.length === 1 ? senders[0]! : null);
  const [isAsked, setIsAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  // What was made up is nobody's fault but the reporter's, whom nobody knows.
  const offered = REPORT_DECISIONS.filter((each) => senders.length > 0 || each === "dismissed");
  const chosen = offered.find((each) => each === decision);
  const isMemberAsked = chosen !== undefined && concernsMember(chosen);
  const isMissing = chosen === undefined || (isMemberAsked && member === null);

  const decide = async (form: HTMLFormElement) => {
    setIsAsked(true);
    if (isMissing) return focusFirstFault(form);
    setBusy(true);
    setTrouble(null);
    const key = await hands.openEpoch(hands.newestEpoch);
    if (key === null) setTrouble(words.noKey);
    else {
      const body = signedDecision(report, chosen, isMemberAsked ? member : null, key);
      const decided = await call(decideReport, { params: { id: report.id }, body });
      if (decided.ok || decided.refusal.type === "Decided" || decided.refusal.type === "NotFound") {
        toast({ text: decided.ok ? words.done : words.decided });
        onDecided();
      } else setTrouble(refusedText(decided.refusal));
    }
    setBusy(false);
  };

  return (
    <form
      className={style["deciding"]}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void decide(event.currentTarget);
      }}
    >
      <Choice
        label={words.decision}
        zone={readBy.community}
        options={offered.map((value) => ({
          value,
          text: words.decisions[value],
          note: words.notes[value],
        }))}
        value={decision}
        error={isAsked && chosen === undefined ? words.chooseDecision : null}
        onChange={setDecision}
      />
      {isMemberAsked && (
        <Choice
          label={words.whom}
          zone={readBy.stewards}
          options={senders.map((value, at) => ({ value, text: words.writer(at + 1) }))}
          value={member}
          error={isAsked && member === null ? words.chooseWhom : null}
          onChange={setMember}
        />
      )}
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <p className={style["small"]}>{words.signs}</p>
      <Actions>
        <Button kind="primary" type="submit" busy={busy} busyText={words.sending}>
          {words.send}
        </Button>
      </Actions>
    </form>
  );
}

function refusedText(refusal: WireRefusal): string {
  switch (refusal.type) {
    case "StewardsMoved":
    case "NotSigned":
      return words.moved;
    case "NotAMember":
      return words.notAMember;
    default:
      return refusalToWords(refusal);
  }
}
