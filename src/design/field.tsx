/** Places to type or pick one line or many. What was typed is the caller's and is never cleared here. */
import type { ComponentProps, CSSProperties } from "react";
import { classNames } from "./class-names.ts";
import { FieldFrame, type FieldFrameProps } from "./field-frame.tsx";
import { Icon } from "./icon.tsx";
import style from "./field.module.css";

type Changing<Props> = Omit<Props, "onChange" | "value" | "id" | "width"> &
  FieldFrameProps & {
    readonly id?: string | undefined;
    readonly arrival?: boolean | undefined;
    readonly value: string;
    readonly onChange: (value: string) => void;
  };

type TextType =
  | "text" | "email" | "search" | "tel" | "url" | "number"
  | "date" | "time" | "datetime-local" | "month"; // prettier-ignore

export interface TextFieldProps extends Changing<ComponentProps<"input">> {
  readonly type?: TextType | undefined;
  /** A unit or the like, after the typed text. */
  readonly suffix?: string | undefined;
  readonly width?: "short" | "full" | undefined;
}

export function TextField(props: TextFieldProps) {
  const { label, hint, error, zone, optional, id, arrival, onChange, suffix, width, ...input } =
    props;
  return (
    <FieldFrame {...{ id, label, hint, error, zone, optional, arrival }}>
      {(ties) => (
        <span className={classNames(style["line"], width === "short" && style["short"])}>
          <input
            type="text"
            {...input}
            {...ties}
            className={style["control"]}
            onChange={(event) => onChange(event.target.value)}
          />
          {suffix !== undefined && <span className={style["suffix"]}>{suffix}</span>}
        </span>
      )}
    </FieldFrame>
  );
}

export function EmailField(props: Omit<TextFieldProps, "type">) {
  return (
    <TextField
      autoComplete="email"
      {...props}
      type="email"
      inputMode="email"
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}

export function TextArea(props: Changing<ComponentProps<"textarea">>) {
  const { label, hint, error, zone, optional, id, arrival, onChange, rows = 4, ...area } = props;
  return (
    <FieldFrame {...{ id, label, hint, error, zone, optional, arrival }}>
      {(ties) => (
        <textarea
          {...area}
          {...ties}
          rows={rows}
          className={classNames(style["control"], style["area"])}
          style={{ "--rows": rows } as CSSProperties}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FieldFrame>
  );
}

interface SelectFieldProps extends Changing<ComponentProps<"select">> {
  readonly options: readonly { readonly value: string; readonly text: string }[];
  /** The line shown while nothing is picked; its value is the empty string. */
  readonly emptyText?: string | undefined;
}

export function SelectField(props: SelectFieldProps) {
  const {
    label,
    hint,
    error,
    zone,
    optional,
    id,
    arrival,
    onChange,
    options,
    emptyText,
    ...select
  } = props;
  return (
    <FieldFrame {...{ id, label, hint, error, zone, optional, arrival }}>
      {(ties) => (
        <span className={style["pick"]}>
          <select
            {...select}
            {...ties}
            className={classNames(style["control"], style["select"])}
            onChange={(event) => onChange(event.target.value)}
          >
            {emptyText !== undefined && <option value="">{emptyText}</option>}
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.text}
              </option>
            ))}
          </select>
          <Icon name="down" />
        </span>
      )}
    </FieldFrame>
  );
}
