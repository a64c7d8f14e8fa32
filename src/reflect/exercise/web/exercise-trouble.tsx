/** In place of an exercise: while it is fetched, when it can't be, and when there is none of that name. */
import { Button } from "#design/button.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { PageSkeleton } from "#design/skeleton.tsx";
import type { Fetching } from "./exercise-content.ts";
import { words } from "./words.ts";

export const backToExercises = { href: "/reflect/exercises", text: words.back };

export function ExerciseTrouble({ fetching }: { readonly fetching: Fetching }) {
  switch (fetching.at) {
    case "open":
    case "fetching":
      return <PageSkeleton label={words.fetching} />;
    case "failed":
      return (
        <Page title={words.unknown.title} back={backToExercises}>
          <Notice kind="refusal">
            <p>{words.failed.text}</p>
          </Notice>
          <div>
            <Button onClick={fetching.onTryAgain}>{words.failed.again}</Button>
          </div>
        </Page>
      );
    case "unknown":
      return (
        <Page title={words.unknown.title} back={backToExercises}>
          <EmptyState
            text={words.unknown.text}
            action={<LinkButton href="/reflect/exercises">{words.unknown.toAll}</LinkButton>}
          />
        </Page>
      );
  }
}
