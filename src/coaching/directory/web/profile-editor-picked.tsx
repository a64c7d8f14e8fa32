/** A few of many: what was picked stands as a short row, and one more is picked from the device's own list. */
import { useRef } from "react";
import { Button } from "#design/button.tsx";
import { SelectField } from "#design/field.tsx";
import { GroupFrame } from "#design/field-frame.tsx";
import { Icon } from "#design/icon.tsx";
import { VisuallyHidden } from "#design/visually-hidden.tsx";
import { words } from "./words.ts";
import style from "./profile-editor.module.css";

export interface PickedEditorProps {
  readonly label: string;
  readonly hint: string;
  readonly error: string | null;
  readonly optional?: boolean;
  readonly addText: string;
  readonly picked: readonly string[];
  readonly most: number;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly nameOf: (id: string) => string;
  readonly onChange: (next: (picked: readonly string[]) => readonly string[]) => void;
}

export function PickedEditor(props: PickedEditorProps) {
  const { picked, most, addText, options, nameOf, onChange, ...frame } = props;
  const text = words.profile;
  const place = useRef<HTMLDivElement>(null);
  return (
    <GroupFrame {...frame}>
      <div ref={place} className={style["picked"]}>
        {picked.length > 0 && (
          <ul className={style["row"]}>
            {picked.map((id) => (
              <li key={id} className={style["pick"]}>
                {nameOf(id)}
                <Button
                  kind="quiet"
                  onClick={() => {
                    onChange((before) => before.filter((each) => each !== id));
                    place.current?.querySelector("select")?.focus();
                  }}
                >
                  <Icon name="close" />
                  <VisuallyHidden>{text.dropPick(nameOf(id))}</VisuallyHidden>
                </Button>
              </li>
            ))}
          </ul>
        )}
        <SelectField
          label={addText}
          value=""
          emptyText={picked.length >= most ? text.pickedAll : text.pickOne}
          disabled={picked.length >= most}
          options={options.filter(({ value }) => !picked.includes(value))}
          onChange={(id) => onChange((before) => (id === "" ? before : [...before, id]))}
        />
      </div>
    </GroupFrame>
  );
}
