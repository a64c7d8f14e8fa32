/**
 * A passphrase, hidden until asked. Showing it helps a tired person type twenty letters once. It takes no
 * zone: a passphrase never leaves the device, whatever it is asked for.
 */
import { useState, type ComponentProps } from "react";
import { FieldFrame, type FieldFrameProps } from "./field-frame.tsx";
import { readBy } from "./readership.ts";
import { words } from "./words.ts";
import { VisuallyHidden } from "./visually-hidden.tsx";
import field from "./field.module.css";
import style from "./password-field.module.css";

export interface PasswordFieldProps
  extends
    Omit<FieldFrameProps, "zone">,
    Omit<ComponentProps<"input">, "onChange" | "value" | "type" | "id"> {
  readonly id?: string | undefined;
  readonly arrival?: boolean | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoComplete: "current-password" | "new-password";
}

export function PasswordField(props: PasswordFieldProps) {
  const { label, hint, error, optional, id, arrival, onChange, ...input } = props;
  const [shown, setShown] = useState(false);
  return (
    <FieldFrame {...{ id, label, hint, error, zone: readBy.neverSent, optional, arrival }}>
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
