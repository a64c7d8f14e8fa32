/** The keys that there are, and the switch for those that are single letters. */
import { Checkbox } from "#design/checkbox.tsx";
import { Dialog } from "#design/dialog.tsx";
import { readBy } from "#design/readership.ts";
import type { RoomKey } from "./shortcuts.tsx";
import { words } from "./words.ts";
import style from "./shortcut-list.module.css";

export function ShortcutList(props: {
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
