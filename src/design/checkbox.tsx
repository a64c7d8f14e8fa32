/** One thing to agree with or switch on. */
import { useId, type ReactNode } from "react";
import style from "./checkbox.module.css";

export interface CheckboxProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly hint?: ReactNode;
  readonly error?: string | null | undefined;
  readonly name?: string | undefined;
  readonly disabled?: boolean | undefined;
}

export function Checkbox({ label, checked, onChange, hint, error, name, disabled }: CheckboxProps) {
  const id = useId();
  const isWrong = error !== undefined && error !== null && error !== "";
  const described = [hint !== undefined && `${id}-hint`, isWrong && `${id}-error`].filter(Boolean);
  return (
    <div>
      <label className={style["row"]}>
        <input
          type="checkbox"
          className={style["box"]}
          name={name}
          checked={checked}
          disabled={disabled}
          aria-describedby={described.length > 0 ? described.join(" ") : undefined}
          aria-invalid={isWrong ? true : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span>{label}</span>
      </label>
      {hint !== undefined && (
        <div id={`${id}-hint`} className={style["hint"]}>
          {hint}
        </div>
      )}
      {isWrong && (
        <p id={`${id}-error`} className={style["error"]}>
          {error}
        </p>
      )}
    </div>
  );
}
