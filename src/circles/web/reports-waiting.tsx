/** The stewards' card of reports: how many wait. */
import { Card } from "#design/card-list.tsx";
import { useAskedRoute } from "#platform/web/asked.ts";
import { readReports } from "../judging-contract.ts";
import { words } from "./report-words.ts";

export function ReportsWaiting() {
  const { asked } = useAskedRoute(readReports);
  const waiting =
    asked.state === "here"
      ? asked.answer.reports.length
      : asked.state === "refused"
        ? "unknown"
        : "asking";
  return <Card title={words.title} href="/stewardship/reports" meta={words.waiting(waiting)} />;
}
