/** One of several, each a row wide enough for a thumb. Native radios: arrows move, space picks. */
import { useId } from "react";
import { classNames } from "./class-names.ts";
import { GroupFrame, type FieldFrameProps } from "./field-frame.tsx";
import style from "./choice.module.css";

export interface ChoiceOption {
  readonly value: string;
  readonly text: string;
  readonly note?: string | undefined;
}

export interface ChoiceProps extends FieldFrameProps {
  readonly options: readonly ChoiceOption[];
  readonly value: string | null;
  readonly onChange: (value: string) => void;
  readonly columns?: 1 | 2 | undefined;
  readonly hideLabel?: boolean | undefined;
  readonly disabled?: boolean | undefined;
}

export function Choice(props: ChoiceProps) {
  const { options, value, onChange, columns, disabled, ...frame } = props;
  const name = useId();
  return (
    <GroupFrame {...frame} role="radiogroup">
      <div className={classNames(style["rows"], columns === 2 && style["two"])}>
        {options.map((option) => (
          <ChoiceRow
            key={option.value}
            option={option}
            type="radio"
            name={name}
            checked={option.value === value}
            disabled={disabled}
            onChange={() => onChange(option.value)}
          />
        ))}
      </div>
    </GroupFrame>
  );
}

/** A row of Choice, and of Choices with a box in place of the ring. */
export function ChoiceRow(props: {
  readonly option: ChoiceOption;
  readonly type: "radio" | "checkbox";
  readonly name: string;
  readonly checked: boolean;
  readonly disabled?: boolean | undefined;
  readonly onChange: (checked: boolean) => void;
}) {
  const { option, onChange, ...input } = props;
  const noteId = useId();
  return (
    <label className={style["row"]}>
      <input
        {...input}
        className={style["mark"]}
        value={option.value}
        aria-describedby={option.note === undefined ? undefined : noteId}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className={style["text"]}>
        {option.text}
        {option.note !== undefined && (
          <span className={style["note"]} id={noteId}>
            {option.note}
          </span>
        )}
      </span>
    </label>
  );
}
