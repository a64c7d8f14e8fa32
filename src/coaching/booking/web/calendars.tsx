/**
 * The coach's calendars: what is read for busy times, when it was read last and what was wrong; one more by
 * address or file; and the address at which the coach's own calendar sees the holds.
 */
import { useCallback, useState } from "react";
import { Awaited } from "#design/awaited.tsx";
import { CardList } from "#design/card-list.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { useToast } from "#design/toast.tsx";
import { call } from "#platform/web/api.ts";
import { useAsked } from "#platform/web/asked.ts";
import { readCalendars, type CalendarShown } from "../contract.ts";
import { AddCalendar } from "./calendars-add.tsx";
import { CalendarCard } from "./calendars-card.tsx";
import { CalendarFeed } from "./calendars-feed.tsx";
import { words } from "./desk-words.ts";
import style from "./calendars.module.css";

const askCalendars = (signal: AbortSignal) => call(readCalendars, { signal });

export function Calendars() {
  const asking = useAsked(askCalendars);
  const { again } = asking;
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const toast = useToast();
  const text = words.calendars;
  const calendars =
    asking.asked.state === "here"
      ? asking.asked.answer.calendars.filter(({ id }) => !removed.has(id))
      : null;

  const gone = useCallback(
    (id: string) => {
      setRemoved((before) => new Set(before).add(id));
      again();
    },
    [again],
  );
  const added = useCallback(
    ({ busyTimes }: CalendarShown) => {
      toast({ text: words.calendars.added(busyTimes) });
      again();
    },
    [toast, again],
  );

  return (
    <Page
      title={text.title}
      lead={text.lead}
      back={{ href: "/desk", text: words.back }}
      zone={readBy.server}
    >
      <p className={style["kept"]}>{text.kept}</p>
      <Section title={text.listTitle}>
        <Awaited asking={asking} label={text.loading} lines={3} />
        {calendars?.length === 0 && <p className={style["quiet"]}>{text.empty}</p>}
        {calendars !== null && calendars.length > 0 && (
          <CardList>
            {calendars.map((calendar) => (
              <CalendarCard
                key={calendar.id}
                calendar={calendar}
                onChanged={again}
                onGone={() => gone(calendar.id)}
              />
            ))}
          </CardList>
        )}
      </Section>
      <AddCalendar onAdded={added} onUnsure={again} />
      <CalendarFeed />
    </Page>
  );
}
