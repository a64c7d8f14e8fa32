/** What the hours amount to, in a sentence or two: read once, it catches the slip that a grid hides. */
import type { Hours } from "../contract.ts";
import type { HoursForm } from "../hours-form.ts";
import { openMinutes } from "../week-pattern.ts";
import { words } from "./desk-words.ts";
import { weekText } from "./week-text.ts";
import style from "./hours-editor.module.css";

/** `hours`: null while something in the form is unfinished; then the last whole sentence would be wrong. */
export function HoursSummary({ form, hours }: { form: HoursForm; hours: Hours | null }) {
  const isClosed = form.week.every((windows) => windows.length === 0);
  if (hours === null && !isClosed) return null;
  return (
    <div className={style["summary"]}>
      <h2 className={style["summaryTitle"]}>{words.hours.summary}</h2>
      <p>{isClosed || hours === null ? words.hours.closed : sentences(hours)}</p>
    </div>
  );
}

function sentences({ weekly, rules }: Hours): string {
  const text = words.hours;
  const atLeast = (minutes: number) => (minutes === 0 ? null : words.duration(minutes));
  const hours = (openMinutes(weekly) / 60).toLocaleString(undefined, { maximumFractionDigits: 1 });
  return [
    text.week(weekText(weekly), hours),
    text.sessions(words.duration(rules.lengthMinutes.session), words.duration(rules.stepMinutes)),
    text.buffers(atLeast(rules.bufferBeforeMinutes), atLeast(rules.bufferAfterMinutes)),
    text.notice(atLeast(rules.minimumNoticeMinutes), words.duration(rules.horizonDays * 1440)),
    rules.dailyCap === null ? "" : text.cap(rules.dailyCap),
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}
