/** On paper, or as a table file that is made on this device. */
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { Icon } from "#design/icon.tsx";
import { saveFile } from "#design/save-file.ts";
import { useToast } from "#design/toast.tsx";
import { trendsToCsv } from "../csv.ts";
import type { MarkedEvent } from "../event.ts";
import type { Series } from "../series.ts";
import { words } from "./words.ts";

/** Without it some spreadsheets take UTF-8 for something else. */
const BYTE_ORDER_MARK = "\u{FEFF}";

export function TakeAlong(props: {
  readonly all: readonly Series[];
  readonly events: readonly MarkedEvent[];
}) {
  const toast = useToast();
  const save = () => {
    const csv = trendsToCsv(props.all, props.events, words.along.heads, words.along.kinds);
    saveFile(words.along.file, "text/csv;charset=utf-8", BYTE_ORDER_MARK + csv);
    toast({ text: words.along.saved });
  };
  return (
    <div data-print="never">
      <Actions>
        <Button icon={<Icon name="print" />} onClick={() => window.print()}>
          {words.along.print}
        </Button>
        <Button onClick={save}>{words.along.csv}</Button>
      </Actions>
    </div>
  );
}
