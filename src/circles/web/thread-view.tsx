/** The thread: a day a heading, what is new marked, what couldn't be shown told, and what isn't sent yet at its end. */
import { Fragment, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { Button } from "#design/button.tsx";
import { EmptyState } from "#design/empty-state.tsx";
import { dayText } from "#design/time.tsx";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useHands } from "./hands-context.ts";
import type { OpenRoom, Room } from "./room-state.ts";
import type { ThreadItem } from "./room-thread.ts";
import { PostShown, UnsentShown } from "./post-shown.tsx";
import { toldText } from "./told-text.ts";
import { words } from "./room-words.ts";
import style from "./room.module.css";

const text = words.thread;

export interface ThreadProps {
  readonly room: Room;
  readonly state: OpenRoom;
  readonly onReply: (post: string) => void;
  readonly onEdit: (post: string) => void;
  readonly onReport: (post: string) => void;
}

export function ThreadView(props: ThreadProps) {
  const { room, state } = props;
  const { timeZone } = useHands();
  const { items, unsent } = state;
  const firstNew = firstUnread(state);
  const said = unsent.filter(({ content: { kind } }) => kind === "text" || kind === "reply");
  const { end, isAtEnd, toEnd, unseen } = useFollowing(room, state);
  const days = items.map((item) =>
    item.kind === "post" ? dayIn(item.post.minute, timeZone) : null,
  );

  return (
    <section className={style["thread"]} aria-label={text.label}>
      {state.hasEarlier && <Earlier room={room} />}
      {items.length === 0 && said.length === 0 && <EmptyState text={text.empty} />}
      <ol className={style["items"]} role="list">
        {items.map((item, at) => {
          const day = days[at] ?? null;
          const dayBefore = days.slice(0, at).findLast((each) => each !== null);
          return (
            <Fragment key={keyOf(item)}>
              {day !== null && day !== dayBefore && (
                <Line className="date">{dayText(day, "full")}</Line>
              )}
              {at === firstNew && <Line className="new">{text.unread}</Line>}
              {item.kind === "post" && <PostShown {...props} post={item.post} />}
              {item.kind === "unreadable" && (
                <Line className="unreadable">{text.unreadable[item.why]}</Line>
              )}
              {item.kind === "told" && <Line className="told">{toldText(item.entry, state)}</Line>}
            </Fragment>
          );
        })}
        {said.map((each) => (
          <UnsentShown key={each.id} unsent={each} room={room} state={state} />
        ))}
      </ol>
      <div ref={end} className={style["end"]} />
      {!isAtEnd && unseen > 0 && (
        <div className={style["jump"]}>
          <Button onClick={toEnd}>{text.jump(unseen)}</Button>
        </div>
      )}
    </section>
  );
}

/** Of what came while one was away; -1 where nothing did, and on a first visit, where all of it would be. */
function firstUnread({ items, me, readUntil, enteredAt }: OpenRoom): number {
  if (readUntil === 0) return -1;
  return items.findIndex(
    (item) =>
      item.kind === "post" &&
      item.sequence > readUntil &&
      item.sequence <= enteredAt &&
      item.post.sender !== me,
  );
}

function Line({
  className,
  children,
}: {
  readonly className: string;
  readonly children: ReactNode;
}) {
  return <li className={style[className]}>{children}</li>;
}

function Earlier({ room }: { readonly room: Room }) {
  const [isBusy, setIsBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const look = async () => {
    setIsBusy(true);
    const looked = await room.lookBack();
    setIsBusy(false);
    setTrouble(looked.ok ? null : refusalToWords(looked.refusal));
  };
  return (
    <div className={style["earlier"]}>
      <Button kind="quiet" busy={isBusy} busyText={text.earlierLoading} onClick={() => void look()}>
        {text.earlier}
      </Button>
      {trouble !== null && <p role="alert">{trouble}</p>}
    </div>
  );
}

/** Who reads at the end goes on with it; who reads further up is told how much has come, and stays. */
function useFollowing(room: Room, state: OpenRoom) {
  const end = useRef<HTMLDivElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const [seenUntil, setSeenUntil] = useState(state.readUntil);
  const { items, unsent } = state;
  const last = items.findLast((item) => item.kind === "post")?.sequence ?? 0;
  const hasCome = useRef(false);
  // As it was before what has just come took its place.
  const wasAtEnd = useRef(true);

  useEffect(() => {
    if (end.current === null) return undefined;
    const watch = new IntersectionObserver(([entry]) => {
      wasAtEnd.current = entry?.isIntersecting ?? true;
      setIsAtEnd(wasAtEnd.current);
    });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    if (!isAtEnd) return undefined;
    const read = () => {
      if (document.visibilityState !== "visible") return;
      setSeenUntil(last);
      room.markRead();
    };
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [isAtEnd, last, room]);

  // At first to what is new, or else to the end; later only for whoever reads there.
  useLayoutEffect(() => {
    if (items.length === 0 && unsent.length === 0) return;
    if (!hasCome.current) {
      hasCome.current = true;
      const mark = end.current?.parentElement?.querySelector(`.${style["new"]}`);
      (mark ?? end.current)?.scrollIntoView({ block: mark ? "start" : "end" });
    } else if (wasAtEnd.current) end.current?.scrollIntoView({ block: "end" });
  }, [items.length, unsent.length]);

  const unseen = items.filter(
    (item) => item.kind === "post" && item.sequence > seenUntil && item.post.sender !== state.me,
  ).length;
  const toEnd = () => end.current?.scrollIntoView({ block: "end" });
  return { end, isAtEnd, unseen, toEnd };
}

const keyOf = (item: ThreadItem): string =>
  item.kind === "post"
    ? item.post.id
    : item.kind === "told"
      ? `told ${item.entry.sequence}`
      : `row ${item.sequence}`;

const dayIn = (minute: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(minute * 60_000)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();
