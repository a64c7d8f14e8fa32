/** A value to carry elsewhere: an address, a code, a key. It can be selected by hand too. */
import { useState } from "react";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { words } from "./words.ts";
import style from "./copy-text.module.css";

export interface CopyTextProps {
  readonly label: string;
  readonly value: string;
  readonly copyText?: string | undefined;
  readonly copiedText?: string | undefined;
}

export function CopyText({ label, value, copyText, copiedText }: CopyTextProps) {
  const [told, setTold] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setTold(copiedText ?? words.copied);
    } catch {
      setTold(words.notCopied);
    }
  };
  return (
    <div className={style["copy"]}>
      <span className={style["label"]}>{label}</span>
      <div className={style["line"]}>
        <code className={style["value"]}>{value}</code>
        <Button kind="quiet" icon={<Icon name="copy" />} onClick={() => void copy()}>
          {copyText ?? words.copy}
        </Button>
      </div>
      <span className={style["told"]} role="status">
        {told}
      </span>
    </div>
  );
}
