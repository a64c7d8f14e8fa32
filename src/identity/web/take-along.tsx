/** Export: everything written and everything the server knows, put together on this device in open formats. */
import { useContext, useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Notice } from "#design/notice.tsx";
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
    if (kind === "json") save("callroom.json", "application/json", JSON.stringify(json, null, 2));
    else save("callroom.md", "text/markdown", markdown);
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

function save(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
