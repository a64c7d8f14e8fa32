/** The export, fetched when somebody asks for it. */
import type { ExportMaker } from "#identity/web/export-context.ts";

export const makeExport: ExportMaker = async (account, safe) =>
  (await import("./export.ts")).makeExport(account, safe);
