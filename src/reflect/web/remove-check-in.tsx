/** Deleting a check-in: the one thing here that asks twice, because it can't be undone. */
import { useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Dialog } from "#design/dialog.tsx";
import { useToast } from "#design/toast.tsx";
import { useSafe } from "#vault/web/safe-context.tsx";
import { CHECK_INS } from "./kept-check-ins.ts";
import { words } from "./words.ts";

export function RemoveCheckIn({ id, onRemoved }: { id: string; onRemoved: () => void }) {
  const safe = useSafe();
  const toast = useToast();
  const [isAsking, setIsAsking] = useState(false);
  const remove = async () => {
    await safe.remove(CHECK_INS, id);
    toast({ text: words.result.removed });
    onRemoved();
  };
  return (
    <div data-print="never">
      <Button kind="quiet" onClick={() => setIsAsking(true)}>
        {words.result.remove}
      </Button>
      <Dialog
        open={isAsking}
        title={words.result.removeTitle}
        onClose={() => setIsAsking(false)}
        actions={
          <Actions>
            <Button kind="danger" onClick={() => void remove()}>
              {words.result.removeYes}
            </Button>
            <Button onClick={() => setIsAsking(false)}>{words.result.removeNo}</Button>
          </Actions>
        }
      >
        <p>{words.result.removeLead}</p>
      </Dialog>
    </div>
  );
}
