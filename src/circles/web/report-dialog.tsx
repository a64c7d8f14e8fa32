/** Reporting: which messages the stewards should see, in the reporter's own words why, and what happens then. */
import { useState } from "react";
import { Button } from "#design/button.tsx";
import { Choices } from "#design/choices.tsx";
import { Dialog } from "#design/dialog.tsx";
import { TextArea } from "#design/field.tsx";
import { Notice } from "#design/notice.tsx";
import { readBy } from "#design/readership.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { nameIn } from "./post-shown.tsx";
import { MOST_REPORTED, type OpenRoom, type Room } from "./room-state.ts";
import { words } from "./room-words.ts";
import style from "./room.module.css";

const text = words.report;
const BEFORE = 4;
const AFTER = 2;
const LONGEST_NOTE = 2000;

export function ReportDialog(props: {
  readonly room: Room;
  readonly state: OpenRoom;
  readonly post: string;
  readonly onClose: () => void;
  readonly onSent: () => void;
}) {
  const { room, state, post, onClose, onSent } = props;
  const [around] = useState(() => postsAround(state, post));
  const [chosen, setChosen] = useState<readonly string[]>(() => around.map(({ id }) => id));
  const [note, setNote] = useState("");
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const send = async () => {
    setIsBusy(true);
    const context = chosen.filter((id) => id !== post);
    const sent = await room.report([post], context, note.normalize("NFC").trim());
    setIsBusy(false);
    if (sent.ok) return onSent();
    const { type } = sent.refusal;
    setTrouble(
      type === "NoStewards" || type === "BadReport" ? text[type] : refusalToWords(sent.refusal),
    );
  };

  return (
    <Dialog
      open
      title={text.title}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" busy={isBusy} busyText={text.sending} onClick={() => void send()}>
            {text.send}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {text.cancel}
          </Button>
        </>
      }
    >
      <p>{text.lead}</p>
      <Choices
        label={text.messages}
        hint={text.messagesHint}
        zone={readBy.stewardsUnnamed}
        most={MOST_REPORTED}
        values={chosen}
        options={around.map((each) => ({
          value: each.id,
          text: `${nameIn(state, each.sender)}: ${each.text ?? ""}`,
          ...(each.id === post ? { note: text.reported } : {}),
        }))}
        // What is reported stays chosen: without it there is no report.
        onChange={(next) => setChosen(next.includes(post) ? next : [post, ...next])}
      />
      <TextArea
        label={text.note}
        hint={text.noteHint}
        optional
        zone={readBy.stewardsUnnamed}
        rows={3}
        maxLength={LONGEST_NOTE}
        value={note}
        onChange={setNote}
      />
      <p className={style["time"]}>{text.whatFollows}</p>
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
    </Dialog>
  );
}

function postsAround({ items }: OpenRoom, post: string) {
  const posts = items.flatMap((item) =>
    item.kind === "post" && item.post.text !== null ? [item.post] : [],
  );
  const at = posts.findIndex(({ id }) => id === post);
  return posts.slice(Math.max(0, at - BEFORE), at + AFTER + 1);
}
