/** The one main action of an editor, with a word on whether there is anything to save and why it failed. */
import { Button } from "#design/button.tsx";
import { Notice } from "#design/notice.tsx";
import { words } from "./words.ts";
import style from "./save-bar.module.css";

export interface SaveBarProps {
  /** The id of the form that this saves, so that Enter in a line of text saves it too. */
  readonly form: string;
  /** Whether there is anything to save. */
  readonly told: string;
  readonly isSaving: boolean;
  /** Why the last attempt was refused, as a sentence. */
  readonly why: string | null;
}

export function SaveBar({ form, told, isSaving, why }: SaveBarProps) {
  const text = words.profile;
  return (
    <div className={style["bar"]}>
      {why !== null && <Notice kind="refusal">{why}</Notice>}
      <div className={style["line"]}>
        <Button kind="primary" type="submit" form={form} busy={isSaving} busyText={text.saving}>
          {text.save}
        </Button>
        <span className={style["told"]} role="status">
          {isSaving ? "" : told}
        </span>
      </div>
    </div>
  );
}
