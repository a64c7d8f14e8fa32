/**
 * Where an entry is written or changed. Every key is kept sealed on this device; crisis words open the lines on the
 * page and nothing else: nobody is told, and writing goes on.
 */
import { useState } from "react";
import { useLocation } from "wouter";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { TextArea, TextField } from "#design/field.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Skeleton } from "#design/skeleton.tsx";
import { useToast } from "#design/toast.tsx";
import { VisuallyHidden } from "#design/visually-hidden.tsx";
import { useDraft, useSafe } from "#vault/web/safe-context.tsx";
import { newRecordId } from "#vault/web/safe.ts";
import { CrisisHint, CrisisPanel } from "../../web/crisis-panel.tsx";
import { useCrisisWatch } from "../../web/crisis-watch.ts";
import { words as crisisWords } from "../../web/crisis-words.ts";
import { today } from "../../web/kept-check-ins.ts";
import { LONGEST_ENTRY, tagsFrom, type JournalEntry, type KeptEntry } from "../entry.ts";
import { draftKeyOf, JOURNAL, NEW_ENTRY } from "./kept-journal.ts";
import { words } from "./words.ts";
import style from "./journal.module.css";

/** As it stands in the fields. */
interface Writing {
  readonly on: string;
  readonly text: string;
  readonly tags: string;
}

export interface WritingPageProps {
  /** Null for one that is not kept yet. */
  readonly entry: KeptEntry | null;
  /** Back to reading what is kept. */
  readonly onDone?: () => void;
}

export function WritingPage({ entry, onDone }: WritingPageProps) {
  const text = words.entry;
  const toast = useToast();
  const [, navigate] = useLocation();
  const [writing, setWriting, draft] = useDraft<Writing>(
    draftKeyOf(entry?.id ?? NEW_ENTRY),
    writingOf(entry),
  );
  const keeping = useKeeping(entry);
  const level = useCrisisWatch(writing.text);
  const isEmpty = writing.text.trim() === "";

  if (!draft.ready)
    return (
      <Page title={text.newTitle} back={words.toJournal}>
        <Skeleton label={words.loading} lines={6} />
      </Page>
    );

  const finish = async () => {
    if (isEmpty || !(await keeping.keep(entryOf(writing)))) return;
    draft.clear();
    if (onDone !== undefined) onDone();
    else navigate("/reflect/journal", { replace: true });
    toast({ text: text.kept });
  };
  const leave = () => {
    const thrownAway = writing;
    setWriting(writingOf(entry));
    draft.clear();
    onDone?.();
    if (entry === null)
      toast({
        text: text.discarded,
        undo: { text: text.putBack, run: () => setWriting(thrownAway) },
      });
  };

  return (
    <Page
      title={text.newTitle}
      zone={readBy.onlyYou}
      back={words.toJournal}
      action={
        <Actions>
          <Button
            kind="primary"
            busy={keeping.state === "under-way"}
            busyText={text.keeping}
            aria-disabled={isEmpty}
            onClick={() => void finish()}
          >
            {text.keep}
          </Button>
          {(entry !== null || !isEmpty) && (
            <Button kind="quiet" onClick={leave}>
              {entry === null ? text.discard : text.leaveAsWas}
            </Button>
          )}
        </Actions>
      }
    >
      {draft.restored && (
        <p className={style["quiet"]} role="status">
          {text.restored}
        </p>
      )}
      <TextArea
        label={text.text}
        zone={readBy.onlyYou}
        rows={12}
        value={writing.text}
        maxLength={LONGEST_ENTRY}
        onChange={(typed) => setWriting({ ...writing, text: typed })}
      />
      <div role="status">
        {level === "explicit" && <VisuallyHidden>{crisisWords.panel.opened}</VisuallyHidden>}
        {level === "possible" && <CrisisHint />}
      </div>
      {level === "explicit" && <CrisisPanel />}
      <TextField
        type="date"
        width="short"
        label={text.day}
        zone={readBy.onlyYou}
        value={writing.on}
        max={today()}
        onChange={(on) => setWriting({ ...writing, on })}
      />
      <TextField
        label={text.tags}
        hint={text.tagsHint}
        zone={readBy.onlyYou}
        optional
        autoComplete="off"
        maxLength={300}
        value={writing.tags}
        onChange={(tags) => setWriting({ ...writing, tags })}
      />
      {keeping.state === "not-kept" && (
        <Notice kind="refusal">
          <p>{text.notKept}</p>
        </Notice>
      )}
    </Page>
  );
}

function useKeeping(entry: KeptEntry | null) {
  const safe = useSafe();
  const [state, setState] = useState<"not-yet" | "under-way" | "not-kept">("not-yet");
  const keep = async (content: JournalEntry): Promise<boolean> => {
    if (state === "under-way") return false;
    setState("under-way");
    try {
      await safe.write(JOURNAL, entry?.id ?? newRecordId(), content);
    } catch {
      setState("not-kept");
      return false;
    }
    setState("not-yet");
    return true;
  };
  return { state, keep };
}

const writingOf = (entry: KeptEntry | null): Writing => ({
  on: entry?.on ?? today(),
  text: entry?.text ?? "",
  tags: entry?.tags.join(", ") ?? "",
});

/** A day that was cleared is today. */
const entryOf = ({ on, text, tags }: Writing): JournalEntry => ({
  on: /^\d{4}-\d\d-\d\d$/.test(on) ? on : today(),
  text: text.trim(),
  tags: tagsFrom(tags),
});
