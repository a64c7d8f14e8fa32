/** An address that leads nowhere, or to something that is not yours: both look the same. */
import { LinkButton } from "#design/link-button.tsx";
import { Page } from "#design/page.tsx";
import { words } from "./words.ts";

export function NotFound() {
  return (
    <Page
      title={words.notFound.title}
      lead={words.notFound.lead}
      action={<LinkButton href="/">{words.notFound.action}</LinkButton>}
    />
  );
}
