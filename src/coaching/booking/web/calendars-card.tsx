/** One calendar: how it stands, and reading it again, from its address or from a newer file. */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { Card } from "#design/card-list.tsx";
import { Dialog } from "#design/dialog.tsx";
import { FileButton } from "#design/file-button.tsx";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import { Time } from "#design/time.tsx";
import { useToast } from "#design/toast.tsx";
import { words as designWords } from "#design/words.ts";
import { useAccount } from "#identity/web/door.tsx";
import { call } from "#platform/web/api.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { dropCalendar, replaceCalendar, type CalendarShown } from "../contract.ts";
import { calendarRefusalWords, problemWords } from "./calendar-refusals.ts";
import { readCalendarFile } from "./calendar-upload.ts";
import { words } from "./desk-words.ts";

export interface CalendarCardProps {
  readonly calendar: CalendarShown;
  readonly onChanged: () => void;
  readonly onGone: () => void;
}

export function CalendarCard({ calendar, onChanged, onGone }: CalendarCardProps) {
  const { id, kind, label, busyTimes, readAt, problem } = calendar;
  const [isReading, setIsReading] = useState(false);
  const [isLeaving, setIsLeaving] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  const { timeZone } = useAccount();
  const toast = useToast();
  const text = words.calendars;

  const read = async (newer: string | null) => {
    setIsReading(true);
    setWhy(null);
    const answer = await call(replaceCalendar, { params: { id }, body: { text: newer } });
    setIsReading(false);
    if (answer.ok) toast({ text: text.wasRead });
    else setWhy(calendarRefusalWords(answer.refusal));
    onChanged();
  };
  const readNewer = async (file: File) => {
    const newer = await readCalendarFile(file);
    if (newer.ok) await read(newer.value);
    else setWhy(newer.refusal);
  };
  // What was just said of this reading need not be said a second time from the record.
  const kept = problem === null || why !== null ? null : problemWords(problem);

  return (
    <Card
      level={3}
      title={label}
      meta={
        <>
          <p>{text.kinds[kind]}</p>
          <p>
            {readAt === null ? (
              text.neverRead
            ) : (
              <>
                {text.read} <Time at={readAt} zone={timeZone} form="short" />.
              </>
            )}{" "}
            {text.busy(busyTimes)}.
          </p>
        </>
      }
      actions={
        <>
          {kind === "address" ? (
            <Button busy={isReading} busyText={text.reading} onClick={() => void read(null)}>
              {text.again}
            </Button>
          ) : (
            <FileButton
              zone={readBy.server}
              accept=".ics,.ifb,text/calendar"
              busy={isReading}
              busyText={text.reading}
              onChoose={(file) => void readNewer(file)}
            >
              {text.replace}
            </FileButton>
          )}
          <Button kind="quiet" onClick={() => setIsLeaving(true)}>
            {text.drop}
          </Button>
        </>
      }
    >
      {(why ?? kept) !== null && (
        <Notice kind="refusal" title={text.problem} live={why === null ? "off" : "assertive"}>
          <p>{why ?? kept}</p>
          {busyTimes > 0 && <p>{text.problemKept}</p>}
        </Notice>
      )}
      {isLeaving && (
        <DropDialog
          calendar={calendar}
          onClose={() => setIsLeaving(false)}
          onGone={() => {
            toast({ text: text.dropped });
            onGone();
          }}
        />
      )}
    </Card>
  );
}

/** Asked about rather than undone: the address is forgotten with it, and the hours can be booked at once. */
function DropDialog(props: {
  readonly calendar: CalendarShown;
  readonly onClose: () => void;
  readonly onGone: () => void;
}) {
  const { calendar, onClose, onGone } = props;
  const [isBusy, setIsBusy] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  const text = words.calendars;
  const drop = async () => {
    setIsBusy(true);
    const dropped = await call(dropCalendar, { params: { id: calendar.id } });
    setIsBusy(false);
    if (dropped.ok || dropped.refusal.type === "NotFound") onGone();
    else setWhy(refusalToWords(dropped.refusal));
  };
  return (
    <Dialog
      open
      title={text.dropTitle(calendar.label)}
      onClose={onClose}
      closeText={designWords.cancel}
      actions={
        <Button kind="danger" busy={isBusy} onClick={() => void drop()}>
          {text.dropDo}
        </Button>
      }
    >
      <p>{text.dropLead}</p>
      {why !== null && <Notice kind="refusal">{why}</Notice>}
    </Dialog>
  );
}
