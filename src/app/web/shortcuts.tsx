/**
 * Keys for those who have a keyboard: `?` lists them, `g` and a letter goes to a room. They can be
 * switched off (WCAG 2.1.4), because a dictated word is many single letters.
 */
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";

export interface RoomKey {
  readonly letter: string;
  readonly text: string;
  readonly href: string;
}

const ShortcutList = lazy(async () => ({
  default: (await import("./shortcut-list.tsx")).ShortcutList,
}));

const KEPT_AS = "single-letter-keys";
const THEN_WITHIN = 1500;

export function useShortcuts(rooms: readonly RoomKey[]) {
  // Fetched when it is asked for first; from then on it stays, open or closed.
  const [list, setList] = useState<"never" | "open" | "closed">("never");
  const [isOn, setIsOn] = useState(readIsOn);
  const [, navigate] = useLocation();
  const lastG = useRef(-Infinity);

  useEffect(() => {
    if (!isOn) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isBusyElsewhere(event.target)) return;
      const room = rooms.find(({ letter }) => letter === event.key);
      if (event.key === "?") {
        event.preventDefault();
        setList("open");
      } else if (room !== undefined && event.timeStamp - lastG.current < THEN_WITHIN) {
        event.preventDefault();
        navigate(room.href);
      }
      lastG.current = event.key === "g" ? event.timeStamp : -Infinity;
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [isOn, rooms, navigate]);

  const switchTo = (on: boolean) => {
    setIsOn(on);
    keepIsOn(on);
  };
  const shown = list !== "never" && (
    <Suspense fallback={null}>
      <ShortcutList
        rooms={rooms}
        open={list === "open"}
        isOn={isOn}
        onSwitch={switchTo}
        onClose={() => setList("closed")}
      />
    </Suspense>
  );
  return { list: shown, showList: () => setList("open") };
}

/** Somebody types, or a dialog or the curtain has the floor. */
function isBusyElsewhere(target: EventTarget | null): boolean {
  return (
    (target instanceof Element &&
      target.closest("input:not([type=radio], [type=checkbox]), textarea, select") !== null) ||
    (target instanceof HTMLElement && target.isContentEditable) ||
    document.querySelector("dialog[open]") !== null
  );
}

function readIsOn(): boolean {
  try {
    return localStorage.getItem(KEPT_AS) !== "off";
  } catch {
    return true;
  }
}

function keepIsOn(on: boolean) {
  try {
    if (on) localStorage.removeItem(KEPT_AS);
    else localStorage.setItem(KEPT_AS, "off");
  } catch {
    // Then it holds until the page is left.
  }
}
