/** The open room: the thread with what it says of itself, the place to write, and the way to the people. */
import { useEffect, useRef, useState, type ReactNode } from "react";
import { Button } from "#design/button.tsx";
import { Icon } from "#design/icon.tsx";
import { Page } from "#design/page.tsx";
import { readBy } from "#design/readership.ts";
import { useToast } from "#design/toast.tsx";
import { VisuallyHidden } from "#design/visually-hidden.tsx";
import { Composer } from "./composer.tsx";
import { PeopleDialog } from "./people-dialog.tsx";
import { ReportDialog } from "./report-dialog.tsx";
import type { OpenRoom, Room } from "./room-state.ts";
import { ThreadView } from "./thread-view.tsx";
import { words } from "./room-words.ts";
import style from "./room.module.css";

/** What is being written: something new, an answer, or another wording. */
export type Writing =
  { readonly as: "text" } | { readonly as: "reply" | "edit"; readonly target: string };

export function OpenRoomView(props: {
  readonly room: Room;
  readonly state: OpenRoom;
  /** What the house has to say before the thread begins. */
  readonly notice: ReactNode;
}) {
  const { room, state, notice } = props;
  const [writing, setWriting] = useState<Writing>({ as: "text" });
  const [isPeopleShown, setIsPeopleShown] = useState(false);
  const [reported, setReported] = useState<string | null>(null);
  const toast = useToast();
  const box = useRef<HTMLTextAreaElement>(null);
  const here = state.members.filter(({ is }) => is === "here" || is === "paused");
  const zone = readBy.circle(words.countOf(here.length));
  const write = (next: Writing) => {
    setWriting(next);
    box.current?.focus();
  };

  return (
    <Page title={words.title} zone={zone} back={{ href: "/circles", text: words.back }}>
      <div className={style["bar"]}>
        <p className={style["who"]}>{here.map(({ name }) => name).join(", ")}</p>
        <Button icon={<Icon name="account" />} onClick={() => setIsPeopleShown(true)}>
          {words.people.open}
        </Button>
      </div>
      {notice}
      <ThreadView
        room={room}
        state={state}
        onReply={(target) => write({ as: "reply", target })}
        onEdit={(target) => write({ as: "edit", target })}
        onReport={setReported}
      />
      <div className={style["foot"]}>
        <p className={style["standing"]} role="status">
          {state.isSettled ? words.connection[state.connection] : words.unsettled}
        </p>
        <Composer
          room={room}
          state={state}
          zone={zone}
          box={box}
          writing={writing}
          onWriting={setWriting}
        />
      </div>
      <Arrivals state={state} />
      <PeopleDialog
        room={room}
        state={state}
        open={isPeopleShown}
        onClose={() => setIsPeopleShown(false)}
      />
      {reported !== null && (
        <ReportDialog
          room={room}
          state={state}
          post={reported}
          onClose={() => setReported(null)}
          onSent={() => {
            setReported(null);
            toast({ text: words.report.sent });
          }}
        />
      )}
    </Page>
  );
}

/** What the others say while one is here, for those who hear the page. */
function Arrivals({ state }: { readonly state: OpenRoom }) {
  const [said, setSaid] = useState("");
  const last = state.items.findLast((item) => item.kind === "post");
  const heard = useRef(last?.sequence ?? 0);
  const { members, me } = state;
  useEffect(() => {
    if (last === undefined || last.sequence <= heard.current) return;
    heard.current = last.sequence;
    const { sender, text } = last.post;
    const name = members.find(({ pseudonym }) => pseudonym === sender)?.name;
    if (sender !== me && text !== null && name !== undefined)
      setSaid(words.thread.arrived(name, text));
  }, [last, members, me]);
  return (
    <VisuallyHidden>
      <span role="log" aria-live="polite">
        {said}
      </span>
    </VisuallyHidden>
  );
}
