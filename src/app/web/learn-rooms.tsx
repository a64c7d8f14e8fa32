/** Hands Learn what it may not know by itself: the path and stage of the reader, and how far they are with exercises. */
import { useMemo } from "react";
import { useAccount } from "#identity/web/door.tsx";
import { LearnHome } from "#learn/web/learn-home.tsx";
import { TextPage } from "#learn/web/text-page.tsx";
import { useFinding } from "#plan/web/kept-findings.ts";
import { useCollection } from "#vault/web/safe-context.tsx";

export function LearnHomeRoom() {
  const { stage } = useAccount();
  return <LearnHome path={useFinding()?.path ?? null} stage={stageInLearn(stage)} />;
}

export function LearnTextRoom() {
  const records = useCollection<{ exercise?: unknown; isFinished?: unknown }>("exercises");
  const standing = useMemo(() => {
    const named = (kept: typeof records) =>
      new Set(kept.map(({ content }) => String(content.exercise)));
    return {
      begun: named(records),
      done: named(records.filter(({ content }) => content.isFinished === true)),
    };
  }, [records]);
  return <TextPage standing={standing} />;
}

/** Learn calls the years before retirement by the name that its texts use. */
const stageInLearn = (stage: string | null): string | null =>
  stage === "pre-retirement" ? "near-retirement" : stage;
