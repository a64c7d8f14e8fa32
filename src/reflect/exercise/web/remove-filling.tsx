/** Removing a filling, with the way back for as long as the word about it stands. */
import { useLocation } from "wouter";
import { Button } from "#design/button.tsx";
import { useToast } from "#design/toast.tsx";
import { useSafe } from "#vault/web/safe-context.tsx";
import type { Exercise } from "../exercise.ts";
import { EXERCISES } from "./kept-exercises.ts";
import type { OpenFilling } from "./use-filling.ts";
import { words } from "./words.ts";

export function RemoveFilling(props: {
  readonly exercise: Exercise;
  readonly id: string;
  readonly open: OpenFilling;
}) {
  const { exercise, id, open } = props;
  const safe = useSafe();
  const toast = useToast();
  const [, navigate] = useLocation();
  const remove = async () => {
    const { filling } = open;
    open.forget();
    await safe.remove(EXERCISES, id);
    const run = () => void safe.write(EXERCISES, id, filling);
    toast({ text: words.done.removed, undo: { text: words.done.undo, run } });
    navigate(`/reflect/exercise/${exercise.id}`, { replace: true });
  };
  return (
    <div>
      <Button kind="quiet" onClick={() => void remove()}>
        {words.done.remove}
      </Button>
    </div>
  );
}
