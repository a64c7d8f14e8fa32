/** Several of several, with the look of Choice. At most so many when `most` is given. */
import { useId } from "react";
import { classNames } from "./class-names.ts";
import { ChoiceRow, type ChoiceOption } from "./choice.tsx";
import { GroupFrame, type FieldFrameProps } from "./field-frame.tsx";
import { words } from "./words.ts";
import style from "./choice.module.css";

export interface ChoicesProps extends FieldFrameProps {
  readonly options: readonly ChoiceOption[];
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  readonly most?: number | undefined;
  readonly columns?: 1 | 2 | undefined;
  readonly hideLabel?: boolean | undefined;
}

export function Choices(props: ChoicesProps) {
  const { options, values, onChange, most, columns, hint, ...frame } = props;
  const name = useId();
  const isFull = most !== undefined && values.length >= most;
  return (
    <GroupFrame {...frame} hint={hint ?? (most === undefined ? undefined : words.most(most))}>
      <div className={classNames(style["rows"], columns === 2 && style["two"])}>
        {options.map((option) => {
          const checked = values.includes(option.value);
          return (
            <ChoiceRow
              key={option.value}
              option={option}
              type="checkbox"
              name={name}
              checked={checked}
              disabled={isFull && !checked}
              onChange={(nowChecked) =>
                onChange(
                  nowChecked
                    ? [...values, option.value]
                    : values.filter((value) => value !== option.value),
                )
              }
            />
          );
        })}
      </div>
    </GroupFrame>
  );
}
