/** A native modal dialog: the page behind it is out of reach, Escape closes it, the focus comes back. */
import { useEffect, useId, useRef, type ReactNode } from "react";
import { Icon } from "./icon.tsx";
import { VisuallyHidden } from "./visually-hidden.tsx";
import { words } from "./words.ts";
import style from "./dialog.module.css";

export interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly closeText?: string | undefined;
}

export function Dialog({ open, title, onClose, children, actions, closeText }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element === null || element.open === open) return;
    if (open) element.showModal();
    else element.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className={style["dialog"]}
      aria-labelledby={id}
      // Where the browser knows it, a press outside closes too; it counts only where the press began.
      closedby="any"
      onCancel={(event) => {
        // A file field within tells of its own cancelling by the same name.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      onClose={() => {
        if (open) onClose();
      }}
    >
      {open && (
        <div className={style["sheet"]}>
          <header className={style["head"]}>
            <h2 id={id}>{title}</h2>
            <button type="button" className={style["close"]} onClick={onClose}>
              <Icon name="close" />
              <VisuallyHidden>{closeText ?? words.close}</VisuallyHidden>
            </button>
          </header>
          <div className={style["body"]}>{children}</div>
          {actions !== undefined && <div className={style["actions"]}>{actions}</div>}
        </div>
      )}
    </dialog>
  );
}
