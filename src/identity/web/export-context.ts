/** What the slices above add to an export; the app hands it in. */
import { createContext } from "react";
import type { Safe } from "#vault/web/safe.ts";
import type { AccountShown } from "./door.tsx";

export type ExportMaker = (
  account: AccountShown,
  safe: Safe,
) => Promise<{ json: unknown; markdown: string }>;

export const ExportContext = createContext<ExportMaker | null>(null);
