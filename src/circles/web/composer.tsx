/** Where one writes to the circle. What is typed stays sealed on this device until it is sent, and after a failure too. */
import { useState, type KeyboardEvent, type RefObject } from "react";
import { Button } from "#design/button.tsx";
import { TextArea } from "#design/field.tsx";
import type { Readership } from "#design/readership.ts";
import { LONGEST_TEXT, type Content } from "../room/message-content.ts";
import { useHands } from "./hands-context.ts";
import { isEditable, type OpenRoom, type Room } from "./room-state.ts";
import { composerKey } from "./kept-of-circle.ts";
import { nameIn } from "./post-shown.tsx";
import type { Writing } from "./room-view.tsx";
import { useKeptForm } from "./use-kept-form.ts";
import { words } from "./room-words.ts";
import style from "./room.module.css";

const text = words.compose;

export function Composer(props: {
  readonly room: Room;
  readonly state: OpenRoom;
  readonly zone: Readership;
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly writing: Writing;
  readonly onWriting: (writing: Writing) => void;
}) {
  const { room, state, zone, box, writing, onWriting } = props;
  const { CrisisAside, now } = useHands();
  const [draft, setDraft, kept] = useKeptForm(composerKey(state.circle), "");
  const [edited, setEdited] = useState<{ readonly of: string; readonly text: string } | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const target = writing.as === "text" ? null : postIn(state, writing.target);
  const isEdit = writing.as === "edit";
  const typed = !isEdit
    ? draft
    : edited?.of === writing.target
      ? edited.text
      : (target?.text ?? "");

  const type = (next: string) => {
    setTrouble(null);
    if (isEdit) setEdited({ of: writing.target, text: next });
    else setDraft(() => next);
  };
  const stop = () => {
    setEdited(null);
    onWriting({ as: "text" });
    box.current?.focus();
  };
  const send = () => {
    const said = typed.normalize("NFC").trim();
    if (said === "") return;
    if (said.length > LONGEST_TEXT) return setTrouble(text.tooLong);
    if (isEdit && (target === null || !isEditable(target, state.me, now())))
      return setTrouble(text.tooLate);
    room.say(contentOf(writing, said));
    if (!isEdit) {
      setDraft(() => "");
      kept.clear();
    }
    stop();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && writing.as !== "text") return stop();
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || !hasKeys())
      return;
    event.preventDefault();
    send();
  };

  return (
    <form
      className={style["compose"]}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {writing.as !== "text" && (
        <p className={style["writing"]}>
          {isEdit ? text.editing : answering(state, target?.sender ?? "")}{" "}
          <Button kind="quiet" onClick={stop}>
            {text.stop}
          </Button>
        </p>
      )}
      <TextArea
        ref={box}
        label={text.label}
        zone={zone}
        hint={hasKeys() ? `${text.hint} ${text.hintKeys}` : text.hint}
        rows={2}
        value={typed}
        error={trouble}
        onChange={type}
        onKeyDown={onKeyDown}
      />
      <Button kind="primary" type="submit">
        {isEdit ? text.save : text.send}
      </Button>
      <CrisisAside text={typed} />
    </form>
  );
}

const answering = (state: OpenRoom, sender: string): string =>
  sender === state.me ? text.replyingYourself : text.replying(nameIn(state, sender));

function contentOf(writing: Writing, said: string): Content {
  if (writing.as === "text") return { kind: "text", text: said };
  return { kind: writing.as, target: writing.target, text: said };
}

function postIn({ items }: OpenRoom, id: string) {
  const found = items.find((item) => item.kind === "post" && item.post.id === id);
  return found?.kind === "post" ? found.post : null;
}

/** On a phone Enter is for a new line, and the button sends. */
const hasKeys = (): boolean => matchMedia("(hover: hover) and (pointer: fine)").matches;
