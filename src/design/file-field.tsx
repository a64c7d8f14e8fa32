/** Hands files to the caller. Nothing is sent anywhere from here. */
import { useRef } from "react";
import { FieldFrame, type FieldFrameProps } from "./field-frame.tsx";
import { Button } from "./button.tsx";
import { words } from "./words.ts";
import style from "./file-field.module.css";

export interface FileFieldProps extends FieldFrameProps {
  readonly onChoose: (files: readonly File[]) => void;
  readonly accept?: string | undefined;
  readonly multiple?: boolean | undefined;
  /** What was chosen, as the caller wishes to say it. */
  readonly chosen?: string | undefined;
  readonly disabled?: boolean | undefined;
}

export function FileField(props: FileFieldProps) {
  const { onChoose, accept, multiple, chosen, disabled, ...frame } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <FieldFrame {...frame}>
      {(ties) => (
        <div
          className={style["place"]}
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            if (disabled !== true) onChoose([...event.dataTransfer.files]);
          }}
        >
          <input
            {...ties}
            ref={input}
            type="file"
            className={style["input"]}
            accept={accept}
            multiple={multiple}
            disabled={disabled}
            onChange={(event) => {
              onChoose([...(event.target.files ?? [])]);
              // The same file can be chosen again after it was mended.
              event.target.value = "";
            }}
          />
          <Button
            disabled={disabled}
            tabIndex={-1}
            aria-hidden
            onClick={() => input.current?.click()}
          >
            {words.chooseFile}
          </Button>
          <span className={style["chosen"]} aria-live="polite">
            {chosen ?? words.noFile}
          </span>
        </div>
      )}
    </FieldFrame>
  );
}
