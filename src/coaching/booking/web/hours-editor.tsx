/**
 * The coach's hours: the week, the days that differ and the rules, in the coach's own zone. A sentence says
 * what it all amounts to; what was typed is kept sealed on this device until it is saved.
 */
import { useId, useMemo, useState } from "react";
import { Awaited } from "#design/awaited.tsx";
import { FormErrors } from "#design/form-errors.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { useToast } from "#design/toast.tsx";
import type { WireRefusal } from "#platform/contract.ts";
import { call } from "#platform/web/api.ts";
import { useAsked } from "#platform/web/asked.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useEditedForm } from "../../directory/web/edited-form.ts";
import { Restored } from "../../directory/web/restored.tsx";
import { SaveBar } from "../../directory/web/save-bar.tsx";
import { words as deskWords } from "../../directory/web/words.ts";
import { readHours, writeHours } from "../contract.ts";
import { formToHours, hoursToForm, type HoursFault, type HoursForm } from "../hours-form.ts";
import { isTimeZone } from "../zone.ts";
import { words } from "./desk-words.ts";
import { ExceptionsEditor } from "./exceptions-editor.tsx";
import { faultLine } from "./hours-faults.ts";
import { HoursSummary } from "./hours-editor-summary.tsx";
import { WeekEditor } from "./hours-editor-week.tsx";
import { ZoneField } from "./hours-editor-zone.tsx";
import { RulesEditor } from "./rules-editor.tsx";
import style from "./hours-editor.module.css";

const askHours = (signal: AbortSignal) => call(readHours, { signal });

export function HoursEditor() {
  const asking = useAsked(askHours);
  const loaded = useMemo(
    () => (asking.asked.state === "here" ? hoursToForm(asking.asked.answer) : null),
    [asking.asked],
  );
  const edited = useEditedForm("coach-hours/1", loaded);
  const { form, change } = edited;
  const toast = useToast();
  const formId = useId();
  const [isSaving, setIsSaving] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  // What the last attempt said stays as it was said, so that the summary doesn't take the focus while one mends.
  const [attempt, setAttempt] = useState<{ nth: number; lines: readonly string[] } | null>(null);

  const today = todayIn(form?.timeZone);
  const checked = useMemo(() => (form === null ? null : formToHours(form, today)), [form, today]);
  const faults: readonly HoursFault[] =
    attempt === null || checked === null || checked.ok ? [] : checked.refusal;

  const save = async () => {
    if (form === null || checked === null) return;
    setWhy(null);
    if (!checked.ok) {
      const lines = checked.refusal.map((fault) => faultLine(fault, form));
      setAttempt((before) => ({ nth: (before?.nth ?? 0) + 1, lines }));
      return;
    }
    setAttempt(null);
    setIsSaving(true);
    const written = await call(writeHours, { body: checked.value });
    setIsSaving(false);
    if (!written.ok) {
      setWhy(refusalWords(written.refusal));
      return;
    }
    edited.accept(form);
    toast({ text: words.hours.saved });
  };

  const put = (part: Partial<HoursForm>) => change((before) => ({ ...before, ...part }));
  return (
    <Page
      title={words.hours.title}
      lead={words.hours.lead}
      back={{ href: "/desk", text: words.back }}
      zone={readBy.community}
      action={
        form !== null && (
          <SaveBar
            form={formId}
            told={edited.isChanged ? deskWords.profile.unsaved : deskWords.profile.isSaved}
            isSaving={isSaving}
            why={why}
          />
        )
      }
    >
      <Awaited asking={asking} label={words.hours.loading} lines={10} />
      {form !== null && (
        <form
          id={formId}
          className={style["form"]}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Restored edited={edited} onDiscarded={() => setAttempt(null)} />
          {attempt !== null && faults.length > 0 && (
            <FormErrors key={attempt.nth} title={words.hours.faultsTitle} errors={attempt.lines} />
          )}
          <HoursSummary form={form} hours={checked?.ok === true ? checked.value : null} />
          <ZoneField
            timeZone={form.timeZone}
            isWrong={faults.some(({ at }) => at === "timeZone")}
            onChange={(timeZone) => put({ timeZone })}
          />
          <WeekEditor
            week={form.week}
            faults={faults}
            onChange={(next) => change((before) => ({ ...before, week: next(before.week) }))}
          />
          <ExceptionsEditor
            exceptions={form.exceptions}
            today={today}
            faults={faults}
            onChange={(next) =>
              change((before) => ({ ...before, exceptions: next(before.exceptions) }))
            }
          />
          <RulesEditor
            rules={form.rules}
            cancelNoticeHours={form.cancelNoticeHours}
            faults={faults}
            onRules={(part) =>
              change((before) => ({ ...before, rules: { ...before.rules, ...part } }))
            }
            onCancelNotice={(cancelNoticeHours) => put({ cancelNoticeHours })}
          />
        </form>
      )}
    </Page>
  );
}

function todayIn(timeZone: string | undefined): string {
  const isKnown = timeZone !== undefined && isTimeZone(timeZone);
  return Temporal.Now.plainDateISO(isKnown ? timeZone : "UTC").toString();
}

function refusalWords(refusal: WireRefusal): string {
  if (refusal.type !== "HoursRefused") return refusalToWords(refusal);
  const field = String(refusal.detail?.["field"] ?? "");
  return words.hours.refused(words.hours.refusedFields[field] ?? words.hours.refusedOther);
}
