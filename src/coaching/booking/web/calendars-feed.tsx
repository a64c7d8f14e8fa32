/** The secret address at which the coach's own calendar sees the holds; neutral, since it may be shared at work. */
import { useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { CopyText } from "#design/copy-text.tsx";
import { Notice } from "#design/notice.tsx";
import { Section } from "#design/section.tsx";
import { useToast } from "#design/toast.tsx";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { dropFeed, makeFeed } from "../contract.ts";
import { words } from "./desk-words.ts";
import style from "./calendars.module.css";

export function CalendarFeed() {
  const [address, setAddress] = useState<string | null>(null);
  const [busy, setBusy] = useState<"make" | "drop" | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  const toast = useToast();
  const text = words.feed;

  const make = async () => {
    setBusy("make");
    const made = await call(makeFeed, { body: {} });
    setBusy(null);
    setWhy(made.ok ? null : refusalToWords(made.refusal));
    if (made.ok) setAddress(new URL(made.value.path, location.origin).href);
  };
  const drop = async () => {
    setBusy("drop");
    const dropped = await call(dropFeed, {});
    setBusy(null);
    setWhy(dropped.ok ? null : refusalToWords(dropped.refusal));
    if (!dropped.ok) return;
    setAddress(null);
    toast({ text: text.dropped });
  };

  return (
    <Section title={text.title} lead={text.lead}>
      <p className={style["quiet"]}>
        {text.secret} {text.again}
      </p>
      {address !== null && <CopyText label={text.made} value={address} />}
      {why !== null && <Notice kind="refusal">{why}</Notice>}
      <Actions>
        <Button busy={busy === "make"} busyText={text.making} onClick={() => void make()}>
          {text.make}
        </Button>
        <Button kind="quiet" busy={busy === "drop"} onClick={() => void drop()}>
          {text.drop}
        </Button>
      </Actions>
    </Section>
  );
}
