/** A line for an entry of one's own: Enter or the button adds it, and the field is ready for the next. */
import { useState, type SubmitEvent } from "react";
import { Button } from "#design/button.tsx";
import { TextField } from "#design/field.tsx";
import { Icon } from "#design/icon.tsx";
import { readBy } from "#design/readership.ts";
import { words } from "./words.ts";
import style from "./add-line.module.css";

export function AddLine(props: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly onAdd: (text: string) => void;
}) {
  const [text, setText] = useState("");
  const add = () => {
    if (text.trim() !== "") props.onAdd(text);
    setText("");
  };
  return (
    <form
      className={style["line"]}
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        add();
      }}
    >
      <TextField
        label={props.label}
        hint={props.hint}
        zone={readBy.onlyYou}
        maxLength={300}
        enterKeyHint="done"
        autoComplete="off"
        value={text}
        onChange={setText}
        // Who goes on without adding has said it all the same.
        onBlur={add}
      />
      <Button type="submit" icon={<Icon name="plus" />}>
        {words.add}
      </Button>
    </form>
  );
}
