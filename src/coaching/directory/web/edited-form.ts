/**
 * A form over something that is saved on the server: what was typed is kept sealed on this device until it
 * is saved, so that a reload, a lost connection or a locked screen takes nothing.
 */
import { useEffect, useRef, useState } from "react";
import { useDraft } from "#vault/web/safe-context.tsx";

export interface EditedForm<Form> {
  /** Null until there is something to show. */
  readonly form: Form | null;
  /** Differs from what is saved. */
  readonly isChanged: boolean;
  /** Something typed earlier came back. */
  readonly isRestored: boolean;
  readonly change: (next: (form: Form) => Form) => void;
  /** The server has `sent`. What was typed since stays unsaved. */
  readonly accept: (sent: Form) => void;
  /** Back to what is saved; answers with the way back. */
  readonly discard: () => () => void;
}

/** `loaded`: as it is saved, null while unknown. A form that changes its shape needs a new `key`. */
export function useEditedForm<Form>(key: string, loaded: Form | null): EditedForm<Form> {
  const [draft, setDraft, { ready, restored, clear }] = useDraft<Form | null>(key, null);
  const [accepted, setAccepted] = useState<Form | null>(null);
  const saved = accepted ?? loaded;
  const form = ready ? (draft ?? saved) : null;
  const latest = useRef(form);
  useEffect(() => {
    latest.current = form;
  });

  const forget = () => {
    setDraft(null);
    clear();
  };
  return {
    form,
    isChanged: draft !== null && !isSame(draft, saved),
    isRestored: restored && draft !== null,
    change: (next) =>
      setDraft((before) => {
        const from = before ?? saved;
        const to = from === null ? null : next(from);
        // Typed and taken back again is nothing to keep.
        return isSame(to, saved) ? null : to;
      }),
    accept: (sent) => {
      setAccepted(sent);
      if (latest.current === sent) forget();
    },
    discard: () => {
      const before = draft;
      forget();
      return () => setDraft(before);
    },
  };
}

/** Forms are plain data whose keys keep their order. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
