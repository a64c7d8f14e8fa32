/**
 * A number on a short scale with its two ends said in words. Native radios drawn as one band, so that
 * arrows, swipes and screen readers work as they do everywhere; typing a digit picks it.
 */
import { useId, type CSSProperties, type KeyboardEvent } from "react";
import { classNames } from "./class-names.ts";
import { GroupFrame, type FieldFrameProps } from "./field-frame.tsx";
import style from "./scale.module.css";

export interface ScaleProps extends FieldFrameProps {
  readonly from: number;
  readonly to: number;
  readonly lowText: string;
  readonly highText: string;
  /** A name for each step from low to high. */
  readonly texts?: readonly string[] | undefined;
  readonly value: number | null;
  readonly onChange: (value: number) => void;
  readonly hideLabel?: boolean | undefined;
}

export function Scale(props: ScaleProps) {
  const { from, to, lowText, highText, texts, value, onChange, ...frame } = props;
  const name = useId();
  const steps = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const stepText = (step: number) =>
    texts?.[step - from] ?? (step === from ? lowText : step === to ? highText : undefined);

  const pickDigit = (event: KeyboardEvent) => {
    const step = /^\d$/.test(event.key) ? Number(event.key) : null;
    if (step !== null && step >= from && step <= to && !event.ctrlKey && !event.metaKey) {
      onChange(step);
    }
  };

  return (
    <GroupFrame {...frame} role="radiogroup" className={style["scale"]}>
      <div
        className={classNames(style["steps"], steps.length > 7 && style["many"])}
        style={{ "--steps": steps.length } as CSSProperties}
      >
        {steps.map((step) => (
          <label key={step} className={style["step"]}>
            <input
              type="radio"
              name={name}
              className={style["radio"]}
              checked={step === value}
              aria-label={[step, stepText(step)].filter((part) => part !== undefined).join(", ")}
              onChange={() => onChange(step)}
              onKeyDown={pickDigit}
            />
            <span aria-hidden="true">{step}</span>
          </label>
        ))}
      </div>
      <div className={style["ends"]} aria-hidden="true">
        <span>
          {from} {lowText}
        </span>
        <span>
          {to} {highText}
        </span>
      </div>
      {texts !== undefined && (
        <p className={style["chosen"]} aria-hidden="true">
          {value === null ? "\u00a0" : stepText(value)}
        </p>
      )}
    </GroupFrame>
  );
}
