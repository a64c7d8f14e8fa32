/** What the person marked in time: added, changed, removed with the way back. */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { Icon } from "#design/icon.tsx";
import { Section } from "#design/section.tsx";
import { dayText } from "#design/time.tsx";
import { useToast } from "#design/toast.tsx";
import { newRecordId } from "#vault/web/safe.ts";
import { useSafe } from "#vault/web/safe-context.tsx";
import type { MarkedEvent } from "../event.ts";
import { EventDialog } from "./event-dialog.tsx";
import { EVENTS, type KeptEvent } from "./kept-events.ts";
import { words } from "./words.ts";
import style from "./trend.module.css";

export function Events({ events }: { readonly events: readonly KeptEvent[] }) {
  const safe = useSafe();
  const toast = useToast();
  const [open, setOpen] = useState<{ readonly id: string; readonly event?: KeptEvent } | null>(
    null,
  );
  const remove = async ({ id, ...event }: KeptEvent) => {
    await safe.remove(EVENTS, id);
    const run = () => void safe.write(EVENTS, id, event satisfies MarkedEvent);
    toast({ text: words.events.removed, undo: { text: words.events.undo, run } });
  };
  return (
    <Section title={words.events.title} lead={words.events.lead}>
      {events.length > 0 && (
        <ul className={style["events"]}>
          {events.map((event) => (
            <li key={event.id} className={style["event"]}>
              <span className={style["eventText"]}>{event.text}</span>
              <span className={style["eventDays"]}>
                {words.days(dayText(event.from, "short"), dayText(event.to ?? event.from, "short"))}
              </span>
              <span className={style["eventActs"]} data-print="never">
                <Button
                  kind="quiet"
                  aria-label={words.events.changeNamed(event.text)}
                  onClick={() => setOpen({ id: event.id, event })}
                >
                  {words.events.change}
                </Button>
                <Button
                  kind="quiet"
                  aria-label={words.events.removeNamed(event.text)}
                  onClick={() => void remove(event)}
                >
                  {words.events.remove}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      <div data-print="never">
        <Button icon={<Icon name="plus" />} onClick={() => setOpen({ id: newRecordId() })}>
          {words.events.mark}
        </Button>
      </div>
      {open !== null && (
        <EventDialog
          key={open.id}
          id={open.id}
          event={open.event ?? null}
          onClose={() => setOpen(null)}
        />
      )}
    </Section>
  );
}
