/** On Today, where a log of the stewards doesn't go on from what the member's devices know. Silent otherwise. */
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { Notice } from "#design/notice.tsx";
import { watchLogs } from "#stewardship/web/log-watch.ts";
import { useSafe } from "#vault/web/safe-context.tsx";
import { words } from "./today-words.ts";

export function LogTrouble() {
  const safe = useSafe();
  const [isTrouble, setTrouble] = useState(false);
  useEffect(() => {
    let current = true;
    void watchLogs(safe).then((isGood) => {
      if (current) setTrouble(isGood === false);
    });
    return () => {
      current = false;
    };
  }, [safe]);
  if (!isTrouble) return null;
  const { title, text, link } = words.logTrouble;
  return (
    <Notice kind="refusal" title={title}>
      <p>
        {text} <Link href="/account/decisions">{link}</Link>
      </p>
    </Notice>
  );
}
