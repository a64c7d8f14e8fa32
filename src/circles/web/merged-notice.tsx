/** Told once, wherever somebody comes back first. */
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Notice } from "#design/notice.tsx";
import { useMerged } from "./use-merged.ts";
import type { Here } from "./use-place.ts";
import { words } from "./merging-words.ts";

const text = words.merged;

export function MergedNotice({ here }: { readonly here: Here }) {
  const merged = useMerged(here);
  if (merged === null) return null;
  return (
    <Notice kind="warm" title={text.title} live="polite">
      <p>{merged.isSeated ? text.text : text.lapsed}</p>
      {merged.isSeated && <p>{text.ifNot}</p>}
      <Actions>
        <Button onClick={merged.onRead}>{text.read}</Button>
      </Actions>
    </Notice>
  );
}
