/** The sentences for what is wrong with hours, for the summary above the form. */
import type { HoursFault, HoursForm } from "../hours-form.ts";
import { dayText } from "#design/time.tsx";
import { words } from "./desk-words.ts";
import { weekdayName } from "./week-text.ts";

export function faultLine(fault: HoursFault, form: HoursForm): string {
  switch (fault.at) {
    case "timeZone":
      return words.zone.fault;
    case "rules":
      return `${words.rules.fields[fault.field]}: ${words.rules.fault(fault.field, fault.least, fault.most)}`;
    case "week":
      return fault.type === "TooMany"
        ? words.week.tooMany(fault.most)
        : `${weekdayName(fault.day, "long")}: ${words.week.faults[fault.type]}`;
    case "exceptions":
      return fault.type === "TooMany"
        ? words.exceptions.tooMany(fault.most)
        : `${runText(form.exceptions[fault.run]!)}: ${words.week.faults[fault.type]}`;
  }
}

export function runText({ from, to }: { readonly from: string; readonly to: string }): string {
  return from === to
    ? dayText(from, "full")
    : words.exceptions.range(dayText(from, "short"), dayText(to, "short"));
}
