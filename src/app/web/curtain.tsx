/**
 * The curtain: one tap, or Escape twice, and the whole screen shows nothing but the time of day. It
 * comes down in the same frame, survives a reload, and tells the vault to lock.
 */
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { createPortal, flushSync } from "react-dom";
import { rememberCovered, wasCovered } from "./covered.ts";
import { words } from "./words.ts";
import style from "./curtain.module.css";

const TWICE_WITHIN = 700;

export interface CurtainControl {
  readonly isDown: boolean;
  readonly lower: () => void;
  readonly raise: () => void;
}

export function useCurtain(onLowered: () => void): CurtainControl {
  const [isDown, setIsDown] = useState(wasCovered);
  const onLoweredNow = useRef(onLowered);
  useEffect(() => {
    onLoweredNow.current = onLowered;
  });

  const lower = useCallback(() => {
    // In the same frame as the key or the tap, before anything slow.
    flushSync(() => setIsDown(true));
    rememberCovered(true);
    onLoweredNow.current();
  }, []);
  const raise = useCallback(() => {
    rememberCovered(false);
    setIsDown(false);
  }, []);

  useEffect(() => {
    let lastEscape = -Infinity;
    const watch = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.repeat) return;
      if (event.timeStamp - lastEscape < TWICE_WITHIN) lower();
      lastEscape = event.timeStamp;
    };
    // Caught on the way down, so that no dialog or field can keep the key to itself.
    addEventListener("keydown", watch, { capture: true });
    return () => removeEventListener("keydown", watch, { capture: true });
  }, [lower]);

  return { isDown, lower, raise };
}

export function Curtain({ isDown, raise }: Pick<CurtainControl, "isDown" | "raise">) {
  return isDown ? createPortal(<Cloth raise={raise} />, document.body) : null;
}

/** A modal dialog lies above every other, even one that was open, and makes all beneath it inert. */
function Cloth({ raise }: { raise: () => void }) {
  const hang = useCallback((dialog: HTMLDialogElement | null) => {
    if (dialog === null) return undefined;
    const root = document.documentElement;
    root.dataset["covered"] = "";
    dialog.showModal();
    // Some browsers close a dialog on a second Escape whatever the page says.
    const staysDown = () => dialog.showModal();
    dialog.addEventListener("close", staysDown);
    return () => {
      delete root.dataset["covered"];
      dialog.removeEventListener("close", staysDown);
      dialog.close();
    };
  }, []);
  return (
    <dialog
      ref={hang}
      className={style["cloth"]}
      aria-label={words.curtain.label}
      closedby="none"
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === "Escape") event.preventDefault();
      }}
    >
      <TimeOfDay />
      <button type="button" className={style["raise"]} onClick={raise}>
        {words.curtain.back}
      </button>
    </dialog>
  );
}

function TimeOfDay() {
  const minute = useSyncExternalStore(everySecond, () => Math.floor(Date.now() / 60_000));
  const now = new Date(minute * 60_000);
  return (
    <div className={style["clock"]}>
      <time className={style["time"]}>
        {now.toLocaleTimeString(undefined, { hour: "numeric", minute: "2-digit" })}
      </time>
      <span className={style["day"]}>
        {now.toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long" })}
      </span>
    </div>
  );
}

function everySecond(listener: () => void) {
  const timer = setInterval(listener, 1000);
  return () => clearInterval(timer);
}
