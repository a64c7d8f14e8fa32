/** A passphrase, hidden until asked. Showing it helps a tired person type twenty letters once. */
import { useState, type ComponentProps } from "react";
import { FieldFrame, type FieldFrameProps } from "./field-frame.tsx";
import { words } from "./words.ts";
import { VisuallyHidden } from "./visually-hidden.tsx";
import field from "./field.module.css";
import style from "./password-field.module.css";

export interface PasswordFieldProps
  extends FieldFrameProps, Omit<ComponentProps<"input">, "onChange" | "value" | "type" | "id"> {
  readonly id?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoComplete: "current-password" | "new-password";
}

export function PasswordField(props: PasswordFieldProps) {
  const { label, hint, error, zone, optional, id, onChange, ...input } = props;
  const [shown, setShown] = useState(false);
  return (
    <FieldFrame {...{ id, label, hint, error, zone, optional }}>
      {(ties) => (
        <span className={style["pair"]}>
          <input
            {...input}
            {...ties}
            type={shown ? "text" : "password"}
            className={`${field["control"]} ${style["typed"]}`}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            onChange={(event) => onChange(event.target.value)}
          />
          <button
            type="button"
            className={style["reveal"]}
            aria-pressed={shown}
            aria-controls={ties.id}
            onClick={() => setShown(!shown)}
          >
            {shown ? words.hide : words.show}
            <VisuallyHidden> {label}</VisuallyHidden>
          </button>
        </span>
      )}
    </FieldFrame>
  );
}
