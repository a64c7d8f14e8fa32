/** One entry: to read, to change, to delete with the way back. `new` is one that is not kept yet. */
import { useEffect, useState } from "react";
import { useLocation, useParams } from "wouter";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { Icon } from "#design/icon.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { dayText } from "#design/time.tsx";
import { useToast } from "#design/toast.tsx";
import { useSafe } from "#vault/web/safe-context.tsx";
import type { KeptEntry } from "../entry.ts";
import { draftKeyOf, JOURNAL, NEW_ENTRY, useJournal } from "./kept-journal.ts";
import { words } from "./words.ts";
import { WritingPage } from "./writing.tsx";
import style from "./journal.module.css";

export function EntryPage() {
  const { id } = useParams<{ id: string }>();
  const entry = useJournal().find((candidate) => candidate.id === id);
  if (id === NEW_ENTRY) return <WritingPage key={id} entry={null} />;
  if (entry === undefined)
    return (
      <Page title={words.home.title} back={words.toJournal}>
        <EmptyState
          text={words.entry.missing}
          action={<LinkButton href="/reflect/journal">{words.entry.toJournal}</LinkButton>}
        />
      </Page>
    );
  return <KeptEntryPage key={id} entry={entry} />;
}

function KeptEntryPage({ entry }: { readonly entry: KeptEntry }) {
  const safe = useSafe();
  const toast = useToast();
  const [, navigate] = useLocation();
  const [isChanging, setIsChanging] = useState(false);

  // A change that was begun and left is gone on with.
  useEffect(() => {
    let isCurrent = true;
    void safe.readDraft(draftKeyOf(entry.id)).then((draft) => {
      if (isCurrent && draft !== null) setIsChanging(true);
    });
    return () => {
      isCurrent = false;
    };
  }, [safe, entry.id]);

  if (isChanging) return <WritingPage entry={entry} onDone={() => setIsChanging(false)} />;

  const { id, ...content } = entry;
  const remove = async () => {
    await safe.remove(JOURNAL, id);
    toast({
      text: words.entry.removed,
      undo: { text: words.entry.putBack, run: () => void safe.write(JOURNAL, id, content) },
    });
    navigate("/reflect/journal", { replace: true });
  };
  return (
    <Page title={dayText(entry.on, "full")} zone={readBy.onlyYou} back={words.toJournal}>
      {entry.tags.length > 0 && (
        <p className={style["quiet"]}>{entry.tags.join(words.home.between)}</p>
      )}
      <div className={style["text"]}>{entry.text}</div>
      <div data-print="never">
        <Actions>
          <Button onClick={() => setIsChanging(true)}>{words.entry.edit}</Button>
          <Button kind="quiet" icon={<Icon name="print" />} onClick={() => print()}>
            {words.entry.print}
          </Button>
          <Button kind="quiet" onClick={() => void remove()}>
            {words.entry.remove}
          </Button>
        </Actions>
      </div>
    </Page>
  );
}
