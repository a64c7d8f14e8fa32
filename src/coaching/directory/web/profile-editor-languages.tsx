/** The languages a coach coaches in: a short list that grows by choosing. */
import { useRef } from "react";
import { Button } from "#design/button.tsx";
import { SelectField } from "#design/field.tsx";
import { GroupFrame } from "#design/field-frame.tsx";
import { Icon } from "#design/icon.tsx";
import { VisuallyHidden } from "#design/visually-hidden.tsx";
import { LANGUAGES_MOST } from "../profile-form.ts";
import { languageName, vocabulary } from "./vocabulary.ts";
import { words } from "./words.ts";
import style from "./profile-editor.module.css";

export function LanguagesEditor(props: {
  readonly languages: readonly string[];
  readonly error: string | null;
  readonly onChange: (next: (languages: readonly string[]) => readonly string[]) => void;
}) {
  const { languages, error, onChange } = props;
  const text = words.profile;
  const place = useRef<HTMLDivElement>(null);
  const left = vocabulary.languages.filter(({ id }) => !languages.includes(id));
  return (
    <GroupFrame label={text.languagesLabel} hint={text.languagesHint} error={error}>
      <div ref={place} className={style["languages"]}>
        {languages.length > 0 && (
          <ul className={style["chosen"]}>
            {languages.map((id) => (
              <li key={id} className={style["language"]}>
                {languageName(id)}
                <Button
                  kind="quiet"
                  onClick={() => {
                    onChange((before) => before.filter((each) => each !== id));
                    place.current?.querySelector("select")?.focus();
                  }}
                >
                  <Icon name="close" />
                  <VisuallyHidden>{text.dropLanguage(languageName(id))}</VisuallyHidden>
                </Button>
              </li>
            ))}
          </ul>
        )}
        <SelectField
          label={text.addLanguage}
          value=""
          emptyText={text.pickLanguage}
          disabled={languages.length >= LANGUAGES_MOST}
          options={left.map(({ id, name, own }) => ({
            value: id,
            text: own === name ? name : `${name} · ${own}`,
          }))}
          onChange={(id) => onChange((before) => (id === "" ? before : [...before, id]))}
        />
      </div>
    </GroupFrame>
  );
}
