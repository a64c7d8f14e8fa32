/** The form of one event. A new one that was begun is kept on this device until it is finished. */
import { useId, useRef, useState, type SubmitEvent } from "react";
import { Button } from "#design/button.tsx";
import { Dialog } from "#design/dialog.tsx";
import { TextField } from "#design/field.tsx";
import { focusFirstFault } from "#design/first-fault.ts";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import { useDraft, useSafe } from "#vault/web/safe-context.tsx";
import { EVENT_TEXT_MOST, eventOf, type EventFault } from "../event.ts";
import { EVENTS, type KeptEvent } from "./kept-events.ts";
import { words } from "./words.ts";
import style from "./trend.module.css";

const NEW_DRAFT = "event new";

export function EventDialog(props: {
  readonly id: string;
  /** Null for a new one. */
  readonly event: KeptEvent | null;
  readonly onClose: () => void;
}) {
  const { id, event, onClose } = props;
  const safe = useSafe();
  const formId = useId();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped, draft] = useDraft(event === null ? NEW_DRAFT : `event ${event.id}`, {
    text: event?.text ?? "",
    from: event?.from ?? "",
    to: event?.to ?? "",
  });
  const [faults, setFaults] = useState<readonly EventFault[]>([]);
  const [isNotKept, setIsNotKept] = useState(false);
  const errorOf = (...of: readonly EventFault[]) => {
    const fault = faults.find((one) => of.includes(one));
    return fault === undefined ? null : words.events.faults[fault];
  };
  const keep = async (submitted: SubmitEvent) => {
    submitted.preventDefault();
    const made = eventOf(typed);
    if (!("text" in made)) {
      setFaults(made);
      if (form.current !== null) focusFirstFault(form.current);
      return;
    }
    try {
      await safe.write(EVENTS, id, made);
    } catch {
      setIsNotKept(true);
      return;
    }
    draft.clear();
    onClose();
  };
  return (
    <Dialog
      open
      title={event === null ? words.events.newTitle : words.events.changeTitle}
      onClose={onClose}
      actions={
        <Button kind="primary" type="submit" form={formId}>
          {words.events.keep}
        </Button>
      }
    >
      <form
        id={formId}
        ref={form}
        className={style["form"]}
        noValidate
        onSubmit={(submitted) => void keep(submitted)}
      >
        {isNotKept && <Notice kind="refusal">{words.events.notKept}</Notice>}
        <TextField
          label={words.events.text}
          hint={words.events.textHint}
          zone={readBy.onlyYou}
          error={errorOf("NoText")}
          maxLength={EVENT_TEXT_MOST}
          autoComplete="off"
          value={typed.text}
          onChange={(text) => setTyped((now) => ({ ...now, text }))}
        />
        <TextField
          type="date"
          label={words.events.from}
          zone={readBy.onlyYou}
          error={errorOf("NoDay")}
          value={typed.from}
          onChange={(from) => setTyped((now) => ({ ...now, from }))}
        />
        <TextField
          type="date"
          label={words.events.to}
          hint={words.events.toHint}
          zone={readBy.onlyYou}
          optional
          error={errorOf("EndsBefore")}
          min={typed.from}
          value={typed.to}
          onChange={(to) => setTyped((now) => ({ ...now, to }))}
        />
      </form>
    </Dialog>
  );
}
