/** What is written in this hour, and the place to write: for whoever has no sound, with the same standing. */
import { useRef, useState } from "react";
import { readBy } from "#design/readership.ts";
import { Section } from "#design/section.tsx";
import { Composer } from "./composer.tsx";
import type { NameOf } from "./live-view.tsx";
import type { Writing } from "./room-view.tsx";
import type { OpenRoom, Room } from "./room-state.ts";
import { words as roomWords } from "./room-words.ts";
import { words } from "./live-words.ts";
import style from "./live.module.css";

const text = words.text;
const MOST_SHOWN = 30;

export function LiveText(props: {
  readonly room: Room;
  readonly state: OpenRoom;
  /** The minute from which on it belongs to this hour. */
  readonly since: number;
  readonly nameOf: NameOf;
}) {
  const { room, state, since, nameOf } = props;
  const [writing, setWriting] = useState<Writing>({ as: "text" });
  const box = useRef<HTMLTextAreaElement>(null);
  const posts = state.items
    .flatMap((item) => (item.kind === "post" && item.post.minute >= since ? [item.post] : []))
    .slice(-MOST_SHOWN);
  const here = state.members.filter(({ is }) => is === "here" || is === "paused");
  return (
    <Section title={text.title} lead={text.lead}>
      {posts.length === 0 && <p className={style["quiet"]}>{text.empty}</p>}
      <ol className={style["posts"]} role="log" aria-live="polite">
        {posts.map(({ id, sender, text: said }) => (
          <li key={id} className={style["post"]} dir="auto">
            <strong>{sender === state.me ? text.you : nameOf(sender)}</strong>{" "}
            {said ?? roomWords.thread.deleted}
          </li>
        ))}
      </ol>
      <Composer
        room={room}
        state={state}
        zone={readBy.circle(roomWords.countOf(here.length))}
        box={box}
        writing={writing}
        onWriting={setWriting}
      />
    </Section>
  );
}
