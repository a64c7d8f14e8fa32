/**
 * Keys for those who have a keyboard: `?` lists them, `g` and a letter goes to a room. They can be
 * switched off (WCAG 2.1.4), because a dictated word is many single letters.
 */
import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { Checkbox } from "#design/checkbox.tsx";
import { Dialog } from "#design/dialog.tsx";
import { readBy } from "#design/readership.ts";
import { words } from "./words.ts";
import style from "./shortcuts.module.css";

export interface RoomKey {
  readonly letter: string;
  readonly text: string;
  readonly href: string;
}

const KEPT_AS = "single-letter-keys";
const THEN_WITHIN = 1500;

export function useShortcuts(rooms: readonly RoomKey[]) {
  const [isListShown, setIsListShown] = useState(false);
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
        setIsListShown(true);
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
  const list = (
    <ShortcutList
      rooms={rooms}
      open={isListShown}
      isOn={isOn}
      onSwitch={switchTo}
      onClose={() => setIsListShown(false)}
    />
  );
  return { list, showList: () => setIsListShown(true) };
}

function ShortcutList(props: {
  readonly rooms: readonly RoomKey[];
  readonly open: boolean;
  readonly isOn: boolean;
  readonly onSwitch: (on: boolean) => void;
  readonly onClose: () => void;
}) {
  const text = words.shortcuts;
  return (
    <Dialog open={props.open} title={text.title} onClose={props.onClose}>
      <dl className={style["keys"]}>
        <Keys keys={["Esc", "Esc"]} text={text.cover} />
        <Keys keys={["?"]} text={text.showThese} />
        {props.rooms.map((room) => (
          <Keys key={room.href} keys={["g", room.letter]} text={text.go(room.text)} />
        ))}
      </dl>
      <Checkbox
        label={text.single}
        zone={readBy.thisDevice}
        hint={text.singleHint}
        checked={props.isOn}
        onChange={props.onSwitch}
      />
    </Dialog>
  );
}

function Keys({ keys, text }: { keys: readonly string[]; text: string }) {
  return (
    <div className={style["pair"]}>
      <dt>{text}</dt>
      <dd>
        {keys.map((key, index) => (
          <span key={index}>
            {index > 0 && <span className={style["then"]}> {words.shortcuts.between} </span>}
            <kbd>{key}</kbd>
          </span>
        ))}
      </dd>
    </div>
  );
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
