/** Days that differ from the week: leave, holidays, a conference. A run of days is one entry. */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { Choice } from "#design/choice.tsx";
import { TextField } from "#design/field.tsx";
import { Icon } from "#design/icon.tsx";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { useToast } from "#design/toast.tsx";
import { ZoneGroup } from "#design/zone-mark.tsx";
import { datesBetween, withRun } from "../date-run.ts";
import { isoDateToDay } from "../civil-day.ts";
import { nextWindow, type ExceptionForm, type HoursFault } from "../hours-form.ts";
import { words } from "./desk-words.ts";
import { runText } from "./hours-faults.ts";
import { WindowsEditor } from "./hours-editor-windows.tsx";
import style from "./hours-editor.module.css";

type Exceptions = readonly ExceptionForm[];
type ChangeExceptions = (next: (exceptions: Exceptions) => Exceptions) => void;

export interface ExceptionsEditorProps {
  readonly exceptions: Exceptions;
  /** In the coach's zone; what is over is not shown. */
  readonly today: string;
  readonly faults: readonly HoursFault[];
  readonly onChange: ChangeExceptions;
}

export function ExceptionsEditor({ exceptions, today, faults, onChange }: ExceptionsEditorProps) {
  const toast = useToast();
  const text = words.exceptions;
  const coming = exceptions.flatMap((run, at) => (run.to >= today ? [{ run, at }] : []));
  const tooMany = faults.find((fault) => fault.at === "exceptions" && fault.type === "TooMany");

  const drop = (run: ExceptionForm) => {
    onChange((before) => before.filter((each) => each.from !== run.from));
    toast({
      text: text.dropped(runText(run)),
      undo: { text: words.undo, run: () => onChange((now) => withRun(now, run)) },
    });
  };
  const add = (run: ExceptionForm) => {
    const before = exceptions;
    onChange((now) => withRun(now, run));
    toast({
      text: text.added(runText(run)),
      undo: { text: words.undo, run: () => onChange(() => before) },
    });
  };

  return (
    <Section title={text.title} lead={text.lead}>
      {tooMany !== undefined && "most" in tooMany && (
        <p className={style["error"]}>
          <Icon name="info" />
          {text.tooMany(tooMany.most)}
        </p>
      )}
      {coming.length === 0 && <p className={style["quiet"]}>{text.empty}</p>}
      {coming.length > 0 && (
        <ul className={style["exceptions"]}>
          {coming.map(({ run, at }) => (
            <ExceptionRow
              key={run.from}
              run={run}
              fault={runFault(faults, at)}
              onChange={(windows) =>
                onChange((before) =>
                  before.map((each) =>
                    each.from === run.from ? { ...each, windows: windows(each.windows) } : each,
                  ),
                )
              }
              onDrop={() => drop(run)}
            />
          ))}
        </ul>
      )}
      <AddDays today={today} onAdd={add} />
    </Section>
  );
}

function ExceptionRow(props: {
  readonly run: ExceptionForm;
  readonly fault: ReturnType<typeof runFault>;
  readonly onChange: (
    next: (windows: ExceptionForm["windows"]) => ExceptionForm["windows"],
  ) => void;
  readonly onDrop: () => void;
}) {
  const { run, fault, onChange, onDrop } = props;
  const text = words.exceptions;
  const name = runText(run);
  const days = datesBetween(run.from, run.to)?.length ?? 1;
  return (
    <li>
      <ZoneGroup zone={readBy.community} label={name} className={style["exception"]}>
        {(note) => (
          <>
            <div className={style["exceptionHead"]}>
              <div className={style["dayHead"]}>
                <h3 className={style["dayName"]}>
                  {name}
                  {run.windows.length === 0 && (
                    <span className={style["closed"]}>
                      {days === 1 ? text.off : text.offDays(days)}
                    </span>
                  )}
                </h3>
                {note}
              </div>
              <Button kind="quiet" aria-label={text.drop(name)} onClick={onDrop}>
                {words.remove}
              </Button>
            </div>
            {run.windows.length > 0 && (
              <WindowsEditor day={name} windows={run.windows} fault={fault} onChange={onChange} />
            )}
          </>
        )}
      </ZoneGroup>
    </li>
  );
}

type AddFault = keyof typeof words.exceptions.faults;

function AddDays({ today, onAdd }: { today: string; onAdd: (run: ExceptionForm) => void }) {
  const [from, setFrom] = useState("");
  const [through, setThrough] = useState("");
  const [kind, setKind] = useState<string>("off");
  const [fault, setFault] = useState<{ field: "from" | "through"; type: AddFault } | null>(null);
  const text = words.exceptions;
  const errorOf = (field: "from" | "through") =>
    fault?.field === field ? text.faults[fault.type] : null;

  const add = () => {
    const to = through === "" ? from : through;
    const found = addFault(from, to, today);
    setFault(found);
    if (found !== null) return;
    onAdd({ from, to, windows: kind === "off" ? [] : [nextWindow([])!] });
    setFrom("");
    setThrough("");
  };

  return (
    <fieldset className={style["add"]}>
      <legend className={style["addTitle"]}>{text.addTitle}</legend>
      <div className={style["pair"]}>
        <TextField
          type="date"
          label={text.from}
          zone={readBy.community}
          error={errorOf("from")}
          min={today}
          value={from}
          onChange={setFrom}
        />
        <TextField
          type="date"
          label={text.through}
          zone={readBy.community}
          error={errorOf("through")}
          min={from || today}
          value={through}
          onChange={setThrough}
        />
      </div>
      <Choice
        label={text.kind}
        zone={readBy.community}
        options={[
          { value: "off", text: text.isOff },
          { value: "other", text: text.isOther },
        ]}
        value={kind}
        columns={2}
        onChange={setKind}
      />
      <div>
        <Button icon={<Icon name="plus" />} onClick={add}>
          {text.add}
        </Button>
      </div>
    </fieldset>
  );
}

function addFault(
  from: string,
  to: string,
  today: string,
): { readonly field: "from" | "through"; readonly type: AddFault } | null {
  if (isoDateToDay(from) === null) return { field: "from", type: "NoDate" };
  if (from < today) return { field: "from", type: "Past" };
  if (isoDateToDay(to) === null) return { field: "through", type: "NoDate" };
  if (to < from) return { field: "through", type: "TurnedRound" };
  return datesBetween(from, to) === null ? { field: "through", type: "TooLong" } : null;
}

function runFault(faults: readonly HoursFault[], run: number) {
  const fault = faults.find(
    (each) => each.at === "exceptions" && each.type !== "TooMany" && each.run === run,
  );
  return fault?.at === "exceptions" && fault.type !== "TooMany" ? fault : null;
}
