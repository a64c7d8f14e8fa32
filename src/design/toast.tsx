/**
 * A short word after something was done, with the way back. Stays ten seconds, and as long as a pointer
 * or the focus rests on it, so that nobody has to race it.
 */
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useRef,
  useState,
  type ReactNode,
} from "react";
import { Icon } from "./icon.tsx";
import { VisuallyHidden } from "./visually-hidden.tsx";
import { words } from "./words.ts";
import style from "./toast.module.css";

export interface Toast {
  readonly text: string;
  readonly undo?: { readonly text: string; readonly run: () => void } | undefined;
}

const SHOWN_FOR = 10_000;
const Toaster = createContext<(toast: Toast) => void>(() => undefined);

export const useToast = (): ((toast: Toast) => void) => use(Toaster);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<(Toast & { readonly id: number }) | null>(null);
  const [isHeld, setIsHeld] = useState(false);
  const lastId = useRef(0);

  const show = useCallback((toast: Toast) => {
    lastId.current += 1;
    setShown({ ...toast, id: lastId.current });
  }, []);
  const close = () => {
    setShown(null);
    setIsHeld(false);
  };

  useEffect(() => {
    if (shown === null || isHeld) return undefined;
    const timer = setTimeout(() => setShown(null), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [shown, isHeld]);

  return (
    <Toaster value={show}>
      {children}
      <div className={style["place"]} role="status" data-print="never">
        {shown !== null && (
          <div
            key={shown.id}
            className={style["toast"]}
            onPointerEnter={() => setIsHeld(true)}
            onPointerLeave={() => setIsHeld(false)}
            onFocus={() => setIsHeld(true)}
            onBlur={() => setIsHeld(false)}
          >
            <span className={style["text"]}>{shown.text}</span>
            {shown.undo !== undefined && (
              <button
                type="button"
                className={style["undo"]}
                onClick={() => {
                  shown.undo?.run();
                  close();
                }}
              >
                {shown.undo.text}
              </button>
            )}
            <button type="button" className={style["close"]} onClick={close}>
              <Icon name="close" />
              <VisuallyHidden>{words.dismiss}</VisuallyHidden>
            </button>
          </div>
        )}
      </div>
    </Toaster>
  );
}
