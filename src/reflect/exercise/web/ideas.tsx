/** Ideas that were put by and whose day has come: tried small, put by once more, or let go. */
import { Button } from "#design/button.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { useToast } from "#design/toast.tsx";
import { useSafe } from "#vault/web/safe-context.tsx";
import { today } from "../../web/kept-check-ins.ts";
import { asExperiment, asLater, type KeptPromoted, type Promoted } from "../promoted.ts";
import { backToExercises } from "./exercise-trouble.tsx";
import { PROMOTED, useIdeasDue, withoutId } from "./kept-promoted.ts";
import { PromotedLine } from "./promoted-line.tsx";
import { words } from "./words.ts";
import style from "./promoted.module.css";

export function Ideas() {
  const ideas = useIdeasDue();
  const safe = useSafe();
  const toast = useToast();
  const act = (idea: KeptPromoted, next: Promoted | null, text: string) => {
    const was = withoutId(idea);
    void safe.write(PROMOTED, idea.id, next);
    const run = () => void safe.write(PROMOTED, idea.id, was);
    toast({ text, undo: { text: words.ideas.undo, run } });
  };
  return (
    <Page
      title={words.ideas.title}
      lead={ideas.length === 0 ? undefined : words.ideas.lead}
      back={backToExercises}
      zone={readBy.onlyYou}
    >
      {ideas.length === 0 ? (
        <EmptyState text={words.ideas.none} />
      ) : (
        <ul className={style["lines"]} role="list">
          {ideas.map((idea) => (
            <PromotedLine
              key={idea.id}
              promoted={idea}
              from={words.ideas.from}
              fromUnknown={words.ideas.fromUnknown}
            >
              <Button
                onClick={() => act(idea, asExperiment(withoutId(idea), today()), words.ideas.tried)}
              >
                {words.ideas.try}
              </Button>
              <Button
                kind="quiet"
                onClick={() => act(idea, asLater(withoutId(idea), today()), words.ideas.putBy)}
              >
                {words.ideas.later}
              </Button>
              <Button kind="quiet" onClick={() => act(idea, null, words.ideas.gone)}>
                {words.ideas.letGo}
              </Button>
            </PromotedLine>
          ))}
        </ul>
      )}
    </Page>
  );
}
