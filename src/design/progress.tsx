/** Long work, said in words and drawn. Can be cancelled where the caller can cancel it. */
import { useId } from "react";
import { Button } from "./button.tsx";
import { words } from "./words.ts";
import style from "./progress.module.css";

export interface ProgressProps {
  readonly label: string;
  readonly done?: number | undefined;
  /** Unknown length when left out. */
  readonly total?: number | undefined;
  readonly note?: string | undefined;
  readonly onCancel?: (() => void) | undefined;
  readonly cancelText?: string | undefined;
}

export function Progress({ label, done, total, note, onCancel, cancelText }: ProgressProps) {
  const id = useId();
  const isKnown = done !== undefined && total !== undefined && total > 0;
  return (
    <div className={style["progress"]}>
      <div className={style["line"]}>
        <label htmlFor={id}>{label}</label>
        {isKnown && <span className={style["count"]}>{words.partDone(done, total)}</span>}
      </div>
      <progress
        id={id}
        className={style["bar"]}
        value={isKnown ? done : undefined}
        max={isKnown ? total : undefined}
      />
      {(note !== undefined || onCancel !== undefined) && (
        <div className={style["line"]}>
          <span className={style["note"]} role="status">
            {note}
          </span>
          {onCancel !== undefined && (
            <Button kind="quiet" onClick={onCancel}>
              {cancelText ?? words.cancel}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
