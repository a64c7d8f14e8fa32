/** The fields of the profile, in the order in which a member reads the card. */
import { Checkbox } from "#design/checkbox.tsx";
import { Choices } from "#design/choices.tsx";
import { SelectField, TextArea, TextField } from "#design/field.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { STAGES } from "#identity/account.ts";
import { MODALITIES, PATHS } from "../coach.ts";
import { CURRENCIES } from "../currencies.ts";
import {
  LANGUAGES_MOST,
  LIVED_EXPERIENCES_MOST,
  STORY_MOST,
  STYLES_MOST,
  type ProfileFault,
  type ProfileField,
  type ProfileForm,
} from "../profile-form.ts";
import { faultWords } from "./profile-faults.ts";
import { PickedEditor } from "./profile-editor-picked.tsx";
import { languageName, termName, vocabulary } from "./vocabulary.ts";
import { words } from "./words.ts";
import style from "./profile-editor.module.css";

export interface ProfileFieldsProps {
  readonly form: ProfileForm;
  readonly faults: readonly ProfileFault[];
  readonly onChange: (next: (form: ProfileForm) => ProfileForm) => void;
}

export function ProfileFields({ form, faults, onChange }: ProfileFieldsProps) {
  const text = words.profile;
  const put = (part: Partial<ProfileForm>) => onChange((before) => ({ ...before, ...part }));
  const error = (field: ProfileField) => faultWords(faults, field);
  return (
    <>
      <Section title={text.storySection}>
        <TextArea
          label={text.story}
          zone={readBy.community}
          hint={<StoryHint story={form.story} />}
          error={error("story")}
          value={form.story}
          rows={9}
          dir="auto"
          onChange={(story) => put({ story })}
        />
      </Section>
      <Section title={text.whom}>
        <Choices
          label={text.pathsLabel}
          zone={readBy.community}
          error={error("paths")}
          options={PATHS.map((value) => ({ value, text: words.paths[value] }))}
          values={form.paths}
          onChange={(paths) => put({ paths })}
          columns={2}
        />
        <Choices
          label={text.stagesLabel}
          zone={readBy.community}
          error={error("stages")}
          options={STAGES.map((value) => ({ value, text: words.stages[value] }))}
          values={form.stages}
          onChange={(stages) => put({ stages })}
          columns={2}
        />
        <PickedEditor
          label={text.languagesLabel}
          zone={readBy.community}
          hint={text.languagesHint}
          error={error("languages")}
          openText={text.openLanguages}
          picked={form.languages}
          most={LANGUAGES_MOST}
          options={languageOptions(form.languages)}
          nameOf={languageName}
          onChange={(languages) => put({ languages })}
        />
        <Choices
          label={text.modalitiesLabel}
          zone={readBy.community}
          error={error("modalities")}
          options={MODALITIES.map((value) => ({ value, text: words.modalities[value] }))}
          values={form.modalities}
          onChange={(modalities) => put({ modalities })}
          columns={2}
        />
      </Section>
      <Section title={text.where}>
        <SelectField
          label={text.specialtyLabel}
          zone={readBy.community}
          optional
          emptyText={text.noSpecialty}
          error={error("specialty")}
          options={termOptions(vocabulary.specialties, [form.specialty])}
          value={form.specialty}
          onChange={(specialty) => put({ specialty })}
        />
        <PickedEditor
          label={text.livedLabel}
          zone={readBy.community}
          hint={text.livedHint(LIVED_EXPERIENCES_MOST)}
          optional
          error={error("livedExperiences")}
          openText={text.openLived}
          picked={form.livedExperiences}
          most={LIVED_EXPERIENCES_MOST}
          options={termOptions(vocabulary.livedExperiences, form.livedExperiences)}
          nameOf={(id) => termName(vocabulary.livedExperiences, id)}
          onChange={(livedExperiences) => put({ livedExperiences })}
        />
        <Choices
          label={text.stylesLabel}
          zone={readBy.community}
          optional
          error={error("styles")}
          options={termOptions(vocabulary.styles, form.styles)}
          values={form.styles}
          most={STYLES_MOST}
          onChange={(styles) => put({ styles })}
          columns={2}
        />
        <TextArea
          label={text.employersLabel}
          zone={readBy.community}
          hint={text.employersHint}
          optional
          error={error("employers")}
          value={form.employers}
          rows={3}
          dir="auto"
          onChange={(employers) => put({ employers })}
        />
      </Section>
      <Section title={text.priceSection} lead={text.priceLead}>
        <div className={style["pair"]}>
          <SelectField
            label={text.currency}
            zone={readBy.community}
            value={form.currency}
            options={currencyOptions(form.currency)}
            onChange={(currency) => put({ currency })}
          />
          <TextField
            label={text.amount}
            zone={readBy.community}
            error={error("price")}
            value={form.amount}
            inputMode="decimal"
            autoComplete="off"
            onChange={(amount) => put({ amount })}
          />
        </div>
        <Checkbox
          label={text.free}
          zone={readBy.community}
          checked={form.freeChemistryCall}
          onChange={(freeChemistryCall) => put({ freeChemistryCall })}
        />
      </Section>
    </>
  );
}

const NEARLY_FULL = 200;

function StoryHint({ story }: { story: string }) {
  const text = words.profile;
  // Counted as the contract counts it.
  const length = story.normalize("NFC").trim().length;
  const left = STORY_MOST - length;
  const count =
    left < 0
      ? text.storyOver(counted(-left))
      : left < NEARLY_FULL
        ? text.storyLeft(counted(left))
        : text.storyCount(counted(length), counted(STORY_MOST));
  return (
    <>
      {text.storyHint} <span className={style["count"]}>{count}</span>
    </>
  );
}

const counted = (count: number) => count.toLocaleString();

/** What is on the card but no longer on the list stays to be taken off. */
function termOptions(
  terms: (typeof vocabulary)["styles"],
  chosen: readonly string[],
): readonly { readonly value: string; readonly text: string }[] {
  const unlisted = chosen.filter((id) => id !== "" && !terms.some((term) => term.id === id));
  return [...terms.map(({ id }) => id), ...unlisted].map((id) => ({
    value: id,
    text: termName(terms, id),
  }));
}

/** A language with its region, from elsewhere, stays likewise. */
function languageOptions(chosen: readonly string[]) {
  const unlisted = chosen.filter((id) => !vocabulary.languages.some((each) => each.id === id));
  return [
    ...vocabulary.languages.map(({ id, name, own }) => ({
      value: id,
      text: own === name ? name : `${name} · ${own}`,
    })),
    ...unlisted.map((id) => ({ value: id, text: languageName(id) })),
  ];
}

function currencyOptions(chosen: string) {
  const names = new Intl.DisplayNames(words.locale, { type: "currency" });
  const codes = CURRENCIES.includes(chosen) ? CURRENCIES : [chosen, ...CURRENCIES];
  return codes.map((code) => ({ value: code, text: `${code} · ${names.of(code) ?? code}` }));
}
