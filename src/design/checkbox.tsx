/** One thing to agree with or switch on. */
import { useId, type ReactNode } from "react";
import type { Readership } from "./readership.ts";
import { useTelling, ZoneNote } from "./zone-mark.tsx";
import style from "./checkbox.module.css";

export interface CheckboxProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Who can read whether it is on. */
  readonly zone: Readership;
  readonly hint?: ReactNode;
  readonly error?: string | null | undefined;
  readonly name?: string | undefined;
  readonly disabled?: boolean | undefined;
}

export function Checkbox(props: CheckboxProps) {
  const { label, checked, onChange, zone, hint, error, name, disabled } = props;
  const id = useId();
  const telling = useTelling(zone);
  const isWrong = error !== undefined && error !== null && error !== "";
  const described = [
    telling !== "nothing" && `${id}-zone`,
    hint !== undefined && `${id}-hint`,
    isWrong && `${id}-error`,
  ].filter(Boolean);
  return (
    <div>
      <div className={style["line"]}>
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
        <ZoneNote of={zone} id={`${id}-zone`} />
      </div>
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
