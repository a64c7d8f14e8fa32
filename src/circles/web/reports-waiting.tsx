/** The stewards' card of reports: how many wait. */
import { useEffect, useState } from "react";
import { Card } from "#design/card-list.tsx";
import { call } from "#platform/web/api.ts";
import { readReports } from "../judging-contract.ts";
import { words } from "./report-words.ts";

export function ReportsWaiting() {
  const [waiting, setWaiting] = useState<number | "asking" | "unknown">("asking");
  useEffect(() => {
    const leaving = new AbortController();
    call(readReports, { signal: leaving.signal }).then(
      (read) => setWaiting(read.ok ? read.value.reports.length : "unknown"),
      () => undefined, // Only leaving the screen comes here.
    );
    return () => leaving.abort();
  }, []);
  return <Card title={words.title} href="/stewardship/reports" meta={words.waiting(waiting)} />;
}
