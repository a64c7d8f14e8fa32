/** Says on the terminal how a backup or a restore goes on: a line for each table that holds something. */
import type { TableProgress } from "../../src/platform/server/backup-tables.ts";

export function tableProgress(total: number | null): (progress: TableProgress) => void {
  let done = 0;
  return ({ cluster, table, rows }) => {
    done += rows;
    if (rows === 0) return;
    const share = total === null ? "" : `${Math.floor((100 * done) / Math.max(1, total))} %  `;
    console.error(`  ${share}${cluster}  ${table}  ${rows.toLocaleString("en")} rows`);
  };
}
