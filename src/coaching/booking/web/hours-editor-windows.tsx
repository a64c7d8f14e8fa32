/**
 * The open hours of one day as pairs of time inputs: the phone brings its own clock, a keyboard types digits.
 * Removing is undone rather than asked about.
 */
import { useId, useRef } from "react";
import { BareInput } from "#design/bare-input.tsx";
import { Button } from "#design/button.tsx";
import { Icon } from "#design/icon.tsx";
import { readBy } from "#design/readership.ts";
import { useToast } from "#design/toast.tsx";
import { VisuallyHidden } from "#design/visually-hidden.tsx";
import { nextWindow, type WindowFaultType, type WindowForm } from "../hours-form.ts";
import { endTextToMinute, startTextToMinute } from "../time-of-day.ts";
import { words } from "./desk-words.ts";
import { windowText } from "./week-text.ts";
import style from "./hours-editor.module.css";

type ChangeWindows = (next: (windows: readonly WindowForm[]) => readonly WindowForm[]) => void;

export interface WindowsEditorProps {
  /** The day or days these hours are of, for the names of the inputs. */
  readonly day: string;
  readonly windows: readonly WindowForm[];
  readonly fault: { readonly nth: number; readonly type: WindowFaultType } | null;
  readonly onChange: ChangeWindows;
  /** Beside the button that adds hours. */
  readonly action?: React.ReactNode;
}

export function WindowsEditor({ day, windows, fault, onChange, action }: WindowsEditorProps) {
  const toast = useToast();
  const add = useRef<HTMLButtonElement>(null);
  const next = nextWindow(windows);

  const drop = (nth: number) => {
    const dropped = windows[nth]!;
    onChange((before) => before.toSpliced(nth, 1));
    add.current?.focus();
    toast({
      text: words.week.dropped(textOf(dropped)),
      undo: { text: words.undo, run: () => onChange((now) => now.toSpliced(nth, 0, dropped)) },
    });
  };

  return (
    <div className={style["windows"]}>
      {windows.map((window, nth) => (
        <WindowFields
          key={nth}
          day={day}
          window={window}
          error={fault?.nth === nth ? words.week.faults[fault.type] : null}
          onChange={(part) =>
            onChange((before) =>
              before.map((each, at) => (at === nth ? { ...each, ...part } : each)),
            )
          }
          onDrop={() => drop(nth)}
        />
      ))}
      <div className={style["dayActions"]}>
        <Button
          ref={add}
          kind="quiet"
          icon={<Icon name="plus" />}
          aria-label={words.week.addTo(day)}
          disabled={next === null}
          onClick={() => next !== null && onChange((before) => [...before, next])}
        >
          {words.week.add}
        </Button>
        {action}
      </div>
      {next === null && <p className={style["quiet"]}>{words.week.full}</p>}
    </div>
  );
}

function WindowFields(props: {
  readonly day: string;
  readonly window: WindowForm;
  readonly error: string | null;
  readonly onChange: (part: Partial<WindowForm>) => void;
  readonly onDrop: () => void;
}) {
  const { day, window, error, onChange, onDrop } = props;
  const errorId = useId();
  const ties = {
    "aria-invalid": error === null ? undefined : (true as const),
    "aria-describedby": error === null ? undefined : errorId,
  };
  return (
    <div>
      <div className={style["window"]}>
        <BareInput
          {...ties}
          type="time"
          zone={readBy.community}
          className={style["time"]}
          aria-label={words.week.from(day)}
          value={window.start}
          onChange={(event) => onChange({ start: event.target.value })}
        />
        <span className={style["between"]}>{words.week.between}</span>
        <BareInput
          {...ties}
          type="time"
          zone={readBy.community}
          className={style["time"]}
          aria-label={words.week.to(day)}
          value={window.end}
          onChange={(event) => onChange({ end: event.target.value })}
        />
        <button type="button" className={style["drop"]} onClick={onDrop}>
          <Icon name="close" />
          <VisuallyHidden>{words.week.dropWindow(day, textOf(window))}</VisuallyHidden>
        </button>
      </div>
      {error !== null && (
        <p id={errorId} className={style["error"]}>
          <Icon name="info" />
          {error}
        </p>
      )}
    </div>
  );
}

/** Also for hours that are half typed. */
function textOf({ start, end }: WindowForm): string {
  const [first, last] = [startTextToMinute(start), endTextToMinute(end)];
  if (first !== null && last !== null && first < last)
    return windowText({ start: first, end: last });
  return `${start || "–"} ${words.week.between} ${end || "–"}`;
}
