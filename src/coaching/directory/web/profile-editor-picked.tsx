/** A few of many: what is picked stands in a line, and the long list opens only for those who change it. */
import { Choices } from "#design/choices.tsx";
import { Disclosure } from "#design/disclosure.tsx";
import { GroupFrame } from "#design/field-frame.tsx";
import type { Readership } from "#design/readership.ts";
import { words } from "./words.ts";
import style from "./profile-editor.module.css";

export interface PickedEditorProps {
  readonly label: string;
  readonly zone: Readership;
  readonly hint: string;
  readonly error: string | null;
  readonly optional?: boolean;
  /** What opens the list. */
  readonly openText: string;
  readonly picked: readonly string[];
  readonly most: number;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly nameOf: (id: string) => string;
  readonly onChange: (picked: readonly string[]) => void;
}

export function PickedEditor(props: PickedEditorProps) {
  const { picked, most, openText, options, nameOf, onChange, ...frame } = props;
  return (
    <GroupFrame {...frame}>
      <p className={style["picked"]}>
        {picked.length === 0 ? words.profile.pickedNone : words.card.list(picked.map(nameOf))}
      </p>
      <Disclosure summary={openText}>
        <Choices
          label={openText}
          zone={frame.zone}
          hideLabel
          options={options}
          values={picked}
          most={most}
          columns={2}
          onChange={onChange}
        />
      </Disclosure>
    </GroupFrame>
  );
}
