/** For Plan: what was taken on in exercises, to try or to do. Nothing while there is none. */
import { Button } from "#design/button.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { useToast } from "#design/toast.tsx";
import { useSafe } from "#vault/web/safe-context.tsx";
import type { KeptPromoted } from "../promoted.ts";
import { PROMOTED, usePromoted, withoutId } from "./kept-promoted.ts";
import { PromotedLine } from "./promoted-line.tsx";
import { words } from "./words.ts";
import style from "./promoted.module.css";

export function FromExercises() {
  const taken = usePromoted().filter(({ to }) => to !== "ideas");
  const safe = useSafe();
  const toast = useToast();
  if (taken.length === 0) return null;
  const remove = (promoted: KeptPromoted) => {
    void safe.remove(PROMOTED, promoted.id);
    const run = () => void safe.write(PROMOTED, promoted.id, withoutId(promoted));
    toast({ text: words.taken.removed, undo: { text: words.taken.undo, run } });
  };
  return (
    <Section title={words.taken.title} lead={words.taken.lead} zone={readBy.onlyYou}>
      <ul className={style["lines"]} role="list">
        {taken.map((promoted) => (
          <PromotedLine
            key={promoted.id}
            promoted={promoted}
            mark={promoted.to === "experiment" ? words.taken.experiment : words.taken.step}
            from={words.taken.from}
            fromUnknown={words.taken.fromUnknown}
          >
            <Button
              kind="quiet"
              aria-label={words.taken.removeWhat(promoted.text)}
              onClick={() => remove(promoted)}
            >
              {words.taken.remove}
            </Button>
          </PromotedLine>
        ))}
      </ul>
    </Section>
  );
}
