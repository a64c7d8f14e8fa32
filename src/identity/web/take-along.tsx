/** Export: everything written and everything the server knows, put together on this device in open formats. */
import { useContext, useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Notice } from "#design/notice.tsx";
import { saveFile } from "#design/save-file.ts";
import { Section } from "#design/section.tsx";
import { useSafe } from "#vault/web/safe-context.tsx";
import { useAccount } from "./door.tsx";
import { ExportContext } from "./export-context.ts";
import { words } from "./words.ts";

export function TakeAlong() {
  const account = useAccount();
  const safe = useSafe();
  const make = useContext(ExportContext);
  const [busy, setBusy] = useState(false);
  if (!make) return null;

  const download = async (kind: "json" | "markdown") => {
    setBusy(true);
    const { json, markdown } = await make(account, safe);
    if (kind === "json")
      saveFile("callroom.json", "application/json", JSON.stringify(json, null, 2));
    else saveFile("callroom.md", "text/markdown", markdown);
    setBusy(false);
  };

  return (
    <Section title={words.account.exportTitle} lead={words.account.exportLead}>
      <Actions>
        <Button busy={busy} onClick={() => void download("json")}>
          {words.account.exportJson}
        </Button>
        <Button busy={busy} onClick={() => void download("markdown")}>
          {words.account.exportMarkdown}
        </Button>
      </Actions>
      <Notice>{words.account.exportLocked}</Notice>
    </Section>
  );
}
