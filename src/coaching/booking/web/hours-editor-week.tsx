/** Seven days, one under another, each with its hours; what is right for one day is copied to the others. */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { Choices } from "#design/choices.tsx";
import { Dialog } from "#design/dialog.tsx";
import { Icon } from "#design/icon.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { useToast } from "#design/toast.tsx";
import { words as designWords } from "#design/words.ts";
import { ZoneGroup } from "#design/zone-mark.tsx";
import type { HoursFault, HoursForm, WindowFaultType } from "../hours-form.ts";
import { words } from "./desk-words.ts";
import { WindowsEditor } from "./hours-editor-windows.tsx";
import { weekdayName, weekdays } from "./week-text.ts";
import style from "./hours-editor.module.css";

type Week = HoursForm["week"];

export interface WeekEditorProps {
  readonly week: Week;
  readonly faults: readonly HoursFault[];
  readonly onChange: (next: (week: Week) => Week) => void;
}

export function WeekEditor({ week, faults, onChange }: WeekEditorProps) {
  const [copied, setCopied] = useState<number | null>(null);
  const toast = useToast();
  const text = words.week;
  const tooMany = faults.find((fault) => fault.at === "week" && fault.type === "TooMany");

  const copyTo = (from: number, days: readonly number[]) => {
    const replaced = week;
    onChange((before) =>
      before.map((windows, day) => (days.includes(day) ? before[from]! : windows)),
    );
    setCopied(null);
    toast({
      text: text.copied(weekdayName(from, "long"), days.length),
      undo: {
        text: words.undo,
        run: () =>
          onChange((now) =>
            now.map((windows, day) => (days.includes(day) ? replaced[day]! : windows)),
          ),
      },
    });
  };

  return (
    <Section title={text.title}>
      {tooMany !== undefined && "most" in tooMany && (
        <p className={style["error"]}>
          <Icon name="info" />
          {text.tooMany(tooMany.most)}
        </p>
      )}
      <div className={style["week"]}>
        {weekdays.map((day) => (
          <DayRow
            key={day}
            name={weekdayName(day, "long")}
            windows={week[day]!}
            fault={dayFault(faults, day)}
            onChange={(next) => onChange((before) => before.with(day, next(before[day]!)))}
            onCopy={() => setCopied(day)}
          />
        ))}
      </div>
      {copied !== null && (
        <CopyDialog
          from={copied}
          onClose={() => setCopied(null)}
          onCopy={(days) => copyTo(copied, days)}
        />
      )}
    </Section>
  );
}

function DayRow(props: {
  readonly name: string;
  readonly windows: Week[number];
  readonly fault: { readonly nth: number; readonly type: WindowFaultType } | null;
  readonly onChange: (next: (windows: Week[number]) => Week[number]) => void;
  readonly onCopy: () => void;
}) {
  const { name, windows, fault, onChange, onCopy } = props;
  return (
    <ZoneGroup zone={readBy.community} label={name} className={style["day"]}>
      {(note) => (
        <>
          <div className={style["dayHead"]}>
            <h3 className={style["dayName"]}>
              {name}
              {windows.length === 0 && <span className={style["closed"]}>{words.week.closed}</span>}
            </h3>
            {note}
          </div>
          <WindowsEditor
            day={name}
            windows={windows}
            fault={fault}
            onChange={onChange}
            action={
              windows.length > 0 && (
                <Button
                  kind="quiet"
                  icon={<Icon name="copy" />}
                  aria-label={words.week.copyFrom(name)}
                  onClick={onCopy}
                >
                  {words.week.copy}
                </Button>
              )
            }
          />
        </>
      )}
    </ZoneGroup>
  );
}

/** Begins with the other working days, which is what is wanted nearly always. */
function CopyDialog(props: {
  readonly from: number;
  readonly onClose: () => void;
  readonly onCopy: (days: readonly number[]) => void;
}) {
  const { from, onClose, onCopy } = props;
  const others = weekdays.filter((day) => day !== from);
  const [chosen, setChosen] = useState<readonly string[]>(
    others.filter((day) => day >= 1 && day <= 5).map(String),
  );
  const text = words.week;
  return (
    <Dialog
      open
      title={text.copyTitle(weekdayName(from, "long"))}
      onClose={onClose}
      closeText={designWords.cancel}
      actions={
        <Button
          kind="primary"
          disabled={chosen.length === 0}
          onClick={() => onCopy(chosen.map(Number))}
        >
          {text.copyDo}
        </Button>
      }
    >
      <Choices
        label={text.copyDays}
        zone={readBy.community}
        hint={text.copyHint}
        options={others.map((day) => ({ value: String(day), text: weekdayName(day, "long") }))}
        values={chosen}
        onChange={setChosen}
      />
    </Dialog>
  );
}

function dayFault(faults: readonly HoursFault[], day: number) {
  const fault = faults.find(
    (each) => each.at === "week" && each.type !== "TooMany" && each.day === day,
  );
  return fault?.at === "week" && fault.type !== "TooMany" ? fault : null;
}
