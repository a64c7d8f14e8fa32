/** The rules a booking must keep, each a short list: nothing to type on a phone, nothing to mistype. */
import { SelectField } from "#design/field.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { STEPS, type BookingRules, type RulesField } from "../availability.ts";
import type { HoursFault } from "../hours-form.ts";
import { words } from "./desk-words.ts";
import style from "./hours-editor.module.css";

export interface RulesEditorProps {
  readonly rules: BookingRules;
  readonly cancelNoticeHours: number;
  readonly faults: readonly HoursFault[];
  readonly onRules: (part: Partial<BookingRules>) => void;
  readonly onCancelNotice: (hours: number) => void;
}

export function RulesEditor(props: RulesEditorProps) {
  const { rules, cancelNoticeHours, faults, onRules, onCancelNotice } = props;
  const text = words.rules;
  const { lengthMinutes } = rules;
  const error = (field: RulesField) => {
    const fault = faults.find((each) => each.at === "rules" && each.field === field);
    return fault?.at === "rules" ? text.fault(field, fault.least, fault.most) : null;
  };
  return (
    <Section title={text.title}>
      <div className={style["rules"]}>
        <NumberSelect
          label={text.session}
          error={error("lengthMinutes")}
          value={lengthMinutes.session}
          choices={LENGTHS}
          textOf={words.duration}
          onChange={(session) => onRules({ lengthMinutes: { ...lengthMinutes, session } })}
        />
        <NumberSelect
          label={text.chemistry}
          value={lengthMinutes.chemistry}
          choices={LENGTHS}
          textOf={words.duration}
          onChange={(chemistry) => onRules({ lengthMinutes: { ...lengthMinutes, chemistry } })}
        />
        <NumberSelect
          label={text.step}
          error={error("stepMinutes")}
          value={rules.stepMinutes}
          choices={STEPS}
          textOf={words.duration}
          onChange={(stepMinutes) => onRules({ stepMinutes })}
        />
        <NumberSelect
          label={text.cap}
          error={error("dailyCap")}
          value={rules.dailyCap ?? 0}
          choices={CAPS}
          textOf={(most) => (most === 0 ? text.noCap : text.capOf(most))}
          onChange={(most) => onRules({ dailyCap: most === 0 ? null : most })}
        />
        <NumberSelect
          label={text.before}
          error={error("bufferBeforeMinutes")}
          value={rules.bufferBeforeMinutes}
          choices={BUFFERS}
          textOf={orNone}
          onChange={(bufferBeforeMinutes) => onRules({ bufferBeforeMinutes })}
        />
        <NumberSelect
          label={text.after}
          error={error("bufferAfterMinutes")}
          value={rules.bufferAfterMinutes}
          choices={BUFFERS}
          textOf={orNone}
          onChange={(bufferAfterMinutes) => onRules({ bufferAfterMinutes })}
        />
        <NumberSelect
          label={text.notice}
          error={error("minimumNoticeMinutes")}
          value={rules.minimumNoticeMinutes}
          choices={NOTICES}
          textOf={(minutes) =>
            minutes === 0 ? text.lastMinute : text.beforeStart(words.duration(minutes))
          }
          onChange={(minimumNoticeMinutes) => onRules({ minimumNoticeMinutes })}
        />
        <NumberSelect
          label={text.horizon}
          error={error("horizonDays")}
          value={rules.horizonDays}
          choices={HORIZONS}
          textOf={(days) => text.ahead(words.duration(days * 1440))}
          onChange={(horizonDays) => onRules({ horizonDays })}
        />
        <NumberSelect
          label={text.cancel}
          hint={text.cancelHint}
          value={cancelNoticeHours}
          choices={CANCEL_NOTICES}
          textOf={(hours) =>
            hours === 0 ? text.untilStart : text.beforeStart(words.duration(hours * 60))
          }
          onChange={onCancelNotice}
        />
      </div>
    </Section>
  );
}

const range = (from: number, to: number, by: number) =>
  Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, nth) => from + nth * by);

const LENGTHS = [...range(10, 120, 5), 150, 180, 210, 240];
const BUFFERS = [0, 5, 10, 15, 20, 30, 45, 60, 90, 120];
const NOTICES = [0, 1, 2, 4, 8, 12, 24, 48, 72, 96, 168, 336].map((hours) => hours * 60);
const CAPS = range(0, 12, 1);
const HORIZONS = [7, 14, 21, 28, 42, 60, 90, 120, 180, 365];
const CANCEL_NOTICES = [0, 1, 2, 4, 8, 12, 24, 48, 72, 168];

const orNone = (minutes: number) => (minutes === 0 ? words.rules.none : words.duration(minutes));

/** A value from elsewhere that is not among the choices joins them. */
function NumberSelect(props: {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | null;
  readonly value: number;
  readonly choices: readonly number[];
  readonly textOf: (value: number) => string;
  readonly onChange: (value: number) => void;
}) {
  const { value, choices, textOf, onChange, ...field } = props;
  const all = choices.includes(value) ? choices : [...choices, value].toSorted((a, b) => a - b);
  return (
    <SelectField
      {...field}
      zone={readBy.community}
      value={String(value)}
      options={all.map((each) => ({ value: String(each), text: textOf(each) }))}
      onChange={(chosen) => onChange(Number(chosen))}
    />
  );
}
