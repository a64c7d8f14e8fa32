/** The sealed thread of a coach and a client, with the safety words that show nobody stands between them. */
import { useState } from "react";
import { useParams } from "wouter";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Disclosure } from "#design/disclosure.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { TextArea } from "#design/field.tsx";
import { Notice } from "#design/notice.tsx";
import { Page } from "#design/page.tsx";
import { readBy, type Readership } from "#design/readership.ts";
import { PageSkeleton } from "#design/skeleton.tsx";
import { useDraft } from "#vault/web/safe-context.tsx";
import { words as bookingWords } from "../../booking/web/words.ts";
import { LONGEST_MESSAGE } from "../space-key.ts";
import { useThread, type Shown } from "./thread.ts";
import { words } from "./words.ts";
import style from "./space.module.css";

export function Space() {
  const { id } = useParams<{ id: string }>();
  const { state, send, retry, acceptKeys } = useThread(id);

  if (state.at === "loading") return <PageSkeleton label={words.loading} />;
  if (state.at === "failed")
    return (
      <Page title={bookingWords.sessions.thread}>
        <Notice kind="refusal">{state.why}</Notice>
        {state.retry && (
          <Actions>
            <Button onClick={retry}>{words.retry}</Button>
          </Actions>
        )}
      </Page>
    );

  if (state.at === "keys-changed")
    return (
      <Page title={words.title(state.name)}>
        <Notice kind="refusal">{words.keysChanged(state.name)}</Notice>
        <SafetyWords safety={state.safety} />
        <Actions>
          <Button onClick={acceptKeys}>{words.keysChangedGoOn}</Button>
        </Actions>
      </Page>
    );

  const zone = readBy.youAnd(state.name);
  return (
    <Page
      title={words.title(state.name)}
      zone={zone}
      back={{ href: "/coach/sessions", text: bookingWords.sessions.title }}
    >
      <Disclosure summary={words.safety}>
        <p>{words.safetyLead(state.name)}</p>
        <SafetyWords safety={state.safety} />
      </Disclosure>
      <Messages messages={state.messages} name={state.name} />
      <Compose key={id} space={id} zone={zone} send={send} />
    </Page>
  );
}

function SafetyWords({ safety }: { readonly safety: readonly string[] }) {
  return (
    <p className={style["safety"]} translate="no">
      {safety.join(" ")}
    </p>
  );
}

function Messages({
  messages,
  name,
}: {
  readonly messages: readonly Shown[];
  readonly name: string;
}) {
  if (messages.length === 0) return <EmptyState text={words.empty} />;
  return (
    <ol className={style["messages"]} role="list" aria-live="polite">
      {messages.map((message, at) => (
        <li
          key={message.id}
          ref={at === messages.length - 1 ? bringIntoSight : undefined}
          data-mine={message.mine}
        >
          <p className={style["who"]}>{message.mine ? words.you : name}</p>
          <p className={style["text"]}>{message.text ?? words.cannotOpen}</p>
        </li>
      ))}
    </ol>
  );
}

/** The last message, when it comes. */
function bringIntoSight(message: HTMLLIElement | null): void {
  message?.scrollIntoView({ block: "nearest" });
}

function Compose(props: {
  readonly space: string;
  readonly zone: Readership;
  readonly send: (text: string, id: string) => Promise<string | null>;
}) {
  // The id is made with the draft: sent twice after a lost answer, it is still one message.
  const [draft, setDraft, kept] = useDraft(`message ${props.space}`, {
    text: "",
    id: crypto.randomUUID(),
  });
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  const send = async () => {
    const text = draft.text.trim();
    if (text === "") return;
    if (text.length > LONGEST_MESSAGE) {
      setTrouble(words.tooLong);
      return;
    }
    setBusy(true);
    const why = await props.send(text, draft.id);
    setBusy(false);
    setTrouble(why);
    if (why !== null) return;
    setDraft({ text: "", id: crypto.randomUUID() });
    kept.clear();
  };

  return (
    <form
      className={style["compose"]}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextArea
        label={words.write}
        zone={props.zone}
        hint={words.writeHint}
        value={draft.text}
        rows={3}
        onChange={(text) => setDraft((before) => ({ ...before, text }))}
      />
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
      <Button kind="primary" type="submit" busy={busy} busyText={words.sending}>
        {words.send}
      </Button>
    </form>
  );
}
