/** The wishes that weigh and keep nobody out: stage, field, what a coach has been through, and manner. */
import { SelectField } from "#design/field.tsx";
import { readBy } from "#design/readership.ts";
import { STAGES } from "#identity/account.ts";
import { PickedEditor } from "../../directory/web/profile-editor-picked.tsx";
import { termName, vocabulary } from "../../directory/web/vocabulary.ts";
import { words as cardWords } from "../../directory/web/words.ts";
import { WISHES_MOST, type WishesForm } from "../wishes-form.ts";
import { faultIn } from "./wish-faults.ts";
import type { WishesPartProps } from "./wishes-hard.tsx";
import { words } from "./words.ts";
import style from "./wishes.module.css";

export function WishesSoft({ form, faults, onChange }: Omit<WishesPartProps, "coaches">) {
  const text = words.wishes;
  const put = (part: Partial<WishesForm>) => onChange((before) => ({ ...before, ...part }));
  return (
    <div className={style["soft"]}>
      <p className={style["quiet"]}>{text.softLead}</p>
      <div className={style["pair"]}>
        <SelectField
          label={text.stage}
          zone={readBy.onlyYou}
          emptyText={text.anyStage}
          error={faultIn(faults, "stage")}
          value={form.stage}
          options={STAGES.map((value) => ({ value, text: cardWords.stages[value] }))}
          onChange={(stage) => put({ stage })}
        />
        <SelectField
          label={text.specialty}
          zone={readBy.onlyYou}
          emptyText={text.anySpecialty}
          error={faultIn(faults, "specialty")}
          value={form.specialty}
          options={vocabulary.specialties.map(({ id, name }) => ({ value: id, text: name }))}
          onChange={(specialty) => put({ specialty })}
        />
      </div>
      <PickedEditor
        label={text.lived}
        zone={readBy.onlyYou}
        hint={text.livedHint}
        error={faultIn(faults, "livedExperiences")}
        openText={text.openLived}
        picked={form.livedExperiences}
        most={WISHES_MOST}
        options={vocabulary.livedExperiences.map(({ id, name }) => ({ value: id, text: name }))}
        nameOf={(id) => termName(vocabulary.livedExperiences, id)}
        onChange={(livedExperiences) => put({ livedExperiences })}
      />
      <PickedEditor
        label={text.styles}
        zone={readBy.onlyYou}
        hint={text.stylesHint}
        error={faultIn(faults, "styles")}
        openText={text.openStyles}
        picked={form.styles}
        most={WISHES_MOST}
        options={vocabulary.styles.map(({ id, name }) => ({ value: id, text: name }))}
        nameOf={(id) => termName(vocabulary.styles, id)}
        onChange={(styles) => put({ styles })}
      />
    </div>
  );
}
