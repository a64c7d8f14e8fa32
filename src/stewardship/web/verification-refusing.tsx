/** A steward's no: the reason, of the closed list, and what becomes of what was given. */
import { useId, useState } from "react";
import { Button } from "#design/button.tsx";
import { Choice } from "#design/choice.tsx";
import { Dialog } from "#design/dialog.tsx";
import { useHandingIn } from "#design/handing-in.ts";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import type { RefusalReason } from "#identity/verification.ts";
import { words } from "./verification-words.ts";
import { words as stewardWords } from "./words.ts";
import style from "./stewardship.module.css";

export function Refusing(props: {
  readonly title: string;
  readonly text: string;
  readonly reasons: readonly RefusalReason[];
  readonly likely: RefusalReason | null;
  readonly doText: string;
  readonly keepText: string;
  readonly onClose: () => void;
  /** Null when it is done; else what to tell. */
  readonly onRefuse: (reason: RefusalReason) => Promise<string | null>;
}) {
  const form = useId();
  const [reason, setReason] = useState<string | null>(props.likely);
  const chosen = props.reasons.find((each) => each === reason);
  const { isLookedAt, busy, trouble, onSubmit } = useHandingIn(chosen !== undefined, () =>
    props.onRefuse(chosen!),
  );
  return (
    <Dialog
      open
      title={props.title}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{props.keepText}</Button>
          <Button kind="danger" type="submit" form={form} busy={busy} busyText={stewardWords.busy}>
            {props.doText}
          </Button>
        </>
      }
    >
      <form id={form} className={style["form"]} noValidate onSubmit={onSubmit}>
        <p>{props.text}</p>
        <Choice
          label={words.queue.reason}
          zone={readBy.community}
          options={props.reasons.map((value) => ({ value, text: words.reasons[value] }))}
          value={reason}
          error={isLookedAt && reason === null ? words.reasonNeeded : null}
          onChange={setReason}
        />
        {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      </form>
    </Dialog>
  );
}
