/**
 * Where the link in a weekly letter leads: one tap ends the letter, without signing in. Opening the page ends
 * nothing, since mail filters open links ahead of the reader.
 */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { endLetter, LETTER_END } from "../contract.ts";
import { words } from "./words.ts";

const text = words.letterEnd;

type State =
  | { readonly at: "asking" }
  | { readonly at: "ending" }
  | { readonly at: "failed"; readonly why: string }
  | { readonly at: "ended" };

export function LetterEnd() {
  // What follows the # never reaches a server by itself.
  const [token] = useState(() => location.hash.slice(1));
  const [state, setState] = useState<State>({ at: "asking" });
  const toStart = <LinkButton href="/">{text.start}</LinkButton>;

  if (!LETTER_END.test(token))
    return (
      <Page title={text.title} action={toStart}>
        <Notice kind="refusal">{text.notWhole}</Notice>
      </Page>
    );
  if (state.at === "ended")
    return (
      <Page title={text.doneTitle} action={toStart}>
        <Notice live="polite">{text.done}</Notice>
      </Page>
    );

  const end = async () => {
    setState({ at: "ending" });
    const ended = await call(endLetter, { params: { end: token } });
    setState(ended.ok ? { at: "ended" } : { at: "failed", why: refusalToWords(ended.refusal) });
  };
  return (
    <Page
      title={text.title}
      lead={text.lead}
      action={
        <Button
          kind="primary"
          busy={state.at === "ending"}
          busyText={text.ending}
          onClick={() => void end()}
        >
          {text.end}
        </Button>
      }
    >
      {state.at === "failed" && <Notice kind="refusal">{state.why}</Notice>}
    </Page>
  );
}
