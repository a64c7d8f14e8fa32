/** Says that something typed earlier came back, and offers the way to what is saved, which can be undone. */
import { Button } from "#design/button.tsx";
import { Notice } from "#design/notice.tsx";
import { useToast } from "#design/toast.tsx";
import type { EditedForm } from "./edited-form.ts";
import { words } from "./words.ts";

export interface RestoredProps {
  readonly edited: Pick<EditedForm<unknown>, "isRestored" | "isChanged" | "discard">;
  readonly onDiscarded: () => void;
}

export function Restored({ edited, onDiscarded }: RestoredProps) {
  const toast = useToast();
  const text = words.profile;
  if (!edited.isRestored || !edited.isChanged) return null;
  return (
    <Notice>
      <p>{text.restored}</p>
      <div>
        <Button
          onClick={() => {
            const back = edited.discard();
            onDiscarded();
            toast({ text: text.discarded, undo: { text: text.undo, run: back } });
          }}
        >
          {text.discard}
        </Button>
      </div>
    </Notice>
  );
}
