/** What a screen reader hears once something was moved: what went where. Silent to the eye, which has seen it. */
import { VisuallyHidden } from "#design/visually-hidden.tsx";

export function Said({ text }: { readonly text: string }) {
  return (
    <div role="status">
      <VisuallyHidden>{text}</VisuallyHidden>
    </div>
  );
}
