/** The wishes that keep somebody out: what it is about, languages, times, price, and how one meets. */
import { Button } from "#design/button.tsx";
import { Checkbox } from "#design/checkbox.tsx";
import { Choice } from "#design/choice.tsx";
import { Choices } from "#design/choices.tsx";
import { SelectField, TextField } from "#design/field.tsx";
import { Icon } from "#design/icon.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { VisuallyHidden } from "#design/visually-hidden.tsx";
import { isTimeZone } from "../../booking/zone.ts";
import { timeOfDayText } from "../../booking/web/week-text.ts";
import { MODALITIES, PATHS, type Coach } from "../../directory/coach.ts";
import { CURRENCIES } from "../../directory/currencies.ts";
import { PickedEditor } from "../../directory/web/profile-editor-picked.tsx";
import { languageName, vocabulary } from "../../directory/web/vocabulary.ts";
import { words as cardWords } from "../../directory/web/words.ts";
import { CEILINGS_MOST, LANGUAGES_MOST, type WishFault, type WishesForm } from "../wishes-form.ts";
import { FreeTimes } from "./free-times.tsx";
import { faultIn } from "./wish-faults.ts";
import { words } from "./words.ts";
import style from "./wishes.module.css";

export interface WishesPartProps {
  readonly form: WishesForm;
  readonly faults: readonly WishFault[];
  readonly coaches: readonly Coach[];
  readonly onChange: (next: (form: WishesForm) => WishesForm) => void;
}

export function WishesHard({ form, faults, coaches, onChange }: WishesPartProps) {
  const text = words.wishes;
  const put = (part: Partial<WishesForm>) => onChange((before) => ({ ...before, ...part }));
  return (
    <>
      <div id="path">
        <Choice
          label={text.path}
          zone={readBy.onlyYou}
          error={faultIn(faults, "path")}
          options={PATHS.map((value) => ({
            value,
            text: cardWords.paths[value],
            note: text.paths[value],
          }))}
          value={form.path === "" ? null : form.path}
          onChange={(path) => put({ path })}
          columns={2}
        />
      </div>
      <div id="language">
        <PickedEditor
          label={text.languages}
          zone={readBy.onlyYou}
          hint={text.languagesHint}
          error={faultIn(faults, "languages")}
          openText={text.openLanguages}
          picked={form.languages}
          most={LANGUAGES_MOST}
          options={vocabulary.languages.map(({ id, name, own }) => ({
            value: id,
            text: own === name ? name : `${name} · ${own}`,
          }))}
          nameOf={languageName}
          onChange={(languages) => put({ languages })}
        />
      </div>
      <div id="hours">
        <Section title={text.when}>
          <Choice
            label={text.when}
            zone={readBy.onlyYou}
            hideLabel
            options={(["any", "marked"] as const).map((value) => ({
              value,
              text: text.whenOptions[value],
              ...(value === "any" ? { note: text.anyNote } : {}),
            }))}
            value={form.when}
            onChange={(when) => put({ when: when as WishesForm["when"] })}
            columns={2}
          />
          {form.when === "marked" && (
            <>
              <FreeTimes
                marked={form.parts}
                error={faultIn(faults, "parts")}
                onChange={(parts) => put({ parts })}
              />
              <div className={style["pair"]}>
                <SelectField
                  label={text.zone}
                  zone={readBy.onlyYou}
                  hint={zoneHint(form.timeZone)}
                  error={faultIn(faults, "timeZone")}
                  value={form.timeZone}
                  options={zoneOptions(form.timeZone)}
                  onChange={(timeZone) => put({ timeZone })}
                />
                <SelectField
                  label={text.sharedHours}
                  zone={readBy.onlyYou}
                  error={faultIn(faults, "sharedHours")}
                  value={form.sharedHours}
                  options={hourOptions(form.sharedHours)}
                  onChange={(sharedHours) => put({ sharedHours })}
                />
              </div>
            </>
          )}
        </Section>
      </div>
      <Section title={text.terms}>
        <div id="price">
          <Ceilings form={form} faults={faults} coaches={coaches} onChange={onChange} />
        </div>
        <div id="modality">
          <Choices
            label={text.modalities}
            zone={readBy.onlyYou}
            hint={text.modalitiesHint}
            error={faultIn(faults, "modalities")}
            options={MODALITIES.map((value) => ({ value, text: cardWords.modalities[value] }))}
            values={form.modalities}
            onChange={(modalities) => put({ modalities })}
            columns={2}
          />
        </div>
        <div id="doctor">
          <Checkbox
            label={text.doctorsOnly}
            zone={readBy.onlyYou}
            hint={text.doctorsOnlyHint}
            checked={form.doctorsOnly}
            onChange={(doctorsOnly) => put({ doctorsOnly })}
          />
        </div>
      </Section>
    </>
  );
}

function Ceilings({ form, faults, coaches, onChange }: WishesPartProps) {
  const text = words.wishes;
  const fault = faults.find((each) => each.field === "ceilings");
  const charged = [...new Set(coaches.map(({ price }) => price.currency))].toSorted();
  const named = form.ceilings.map(({ currency }) => currency);
  const leftOut = form.ceilings.some(({ amount }) => amount.trim() !== "")
    ? charged.filter(
        (currency) =>
          !form.ceilings.some((each) => each.currency === currency && each.amount.trim() !== ""),
      )
    : [];
  const next = [...charged, ...CURRENCIES].find((currency) => !named.includes(currency));
  const put = (nth: number, part: Partial<WishesForm["ceilings"][number]>) =>
    onChange((before) => ({
      ...before,
      ceilings: before.ceilings.map((each, at) => (at === nth ? { ...each, ...part } : each)),
    }));
  return (
    <div className={style["ceilings"]}>
      {form.ceilings.map(({ currency, amount }, nth) => (
        <div
          key={nth}
          className={style["ceiling"]}
          role="group"
          aria-label={text.ceilingNth(nth + 1)}
        >
          <TextField
            label={text.ceiling}
            zone={readBy.onlyYou}
            error={fault?.line === nth + 1 ? faultIn(faults, "ceilings") : null}
            value={amount}
            placeholder={text.noCeiling}
            inputMode="decimal"
            autoComplete="off"
            onChange={(typed) => put(nth, { amount: typed })}
          />
          <SelectField
            label={text.currency}
            zone={readBy.onlyYou}
            value={currency}
            options={currencyOptions(currency, charged)}
            onChange={(chosen) => put(nth, { currency: chosen })}
          />
          {form.ceilings.length > 1 && (
            <Button
              kind="quiet"
              onClick={() =>
                onChange((before) => ({
                  ...before,
                  ceilings: before.ceilings.filter((_, at) => at !== nth),
                }))
              }
            >
              <Icon name="close" />
              <VisuallyHidden>{text.dropCeiling(currency)}</VisuallyHidden>
            </Button>
          )}
        </div>
      ))}
      {leftOut.length > 0 && <p className={style["quiet"]}>{text.leftOut(leftOut.join(", "))}</p>}
      {leftOut.length > 0 && next !== undefined && form.ceilings.length < CEILINGS_MOST && (
        <Button
          kind="quiet"
          icon={<Icon name="plus" />}
          onClick={() =>
            onChange((before) => ({
              ...before,
              ceilings: [...before.ceilings, { currency: next, amount: "" }],
            }))
          }
        >
          {text.addCeiling}
        </Button>
      )}
    </div>
  );
}

/** Those that coaches here charge in come first. */
function currencyOptions(chosen: string, charged: readonly string[]) {
  const names = new Intl.DisplayNames(cardWords.locale, { type: "currency" });
  return [...new Set([...charged, chosen, ...CURRENCIES])].map((code) => ({
    value: code,
    text: `${code} · ${names.of(code) ?? code}`,
  }));
}

function zoneOptions(chosen: string) {
  const zones = new Set([chosen, ...Intl.supportedValuesOf("timeZone")]);
  return [...zones].toSorted().map((zone) => ({ value: zone, text: zone.replaceAll("_", " ") }));
}

function zoneHint(zone: string): string | undefined {
  if (!isTimeZone(zone)) return undefined;
  const { hour, minute } = Temporal.Now.zonedDateTimeISO(zone);
  return words.wishes.zoneHint(timeOfDayText(hour * 60 + minute));
}

/** What a wish was lowered to stands among them. */
function hourOptions(chosen: string) {
  return [...new Set([1, 2, 4, 8, Number(chosen)])]
    .toSorted((a, b) => a - b)
    .map((hours) => ({ value: String(hours), text: words.wishes.hours(hours) }));
}
