/** One message: who, when, what, what others said to it with one word, and what can be done with it. */
import { Button } from "#design/button.tsx";
import { classNames } from "#design/class-names.ts";
import { Icon } from "#design/icon.tsx";
import { useToast } from "#design/toast.tsx";
import { momentText } from "#design/time.tsx";
import { VisuallyHidden } from "#design/visually-hidden.tsx";
import { REACTIONS } from "../room/message-content.ts";
import type { Post } from "../room/thread.ts";
import { useHands } from "./hands-context.ts";
import { isEditable, type OpenRoom, type Room } from "./room-state.ts";
import type { Unsent } from "./room-outbox.ts";
import type { ThreadProps } from "./thread-view.tsx";
import { words } from "./room-words.ts";
import style from "./room.module.css";

const text = words.post;

export function PostShown(props: ThreadProps & { readonly post: Post }) {
  const { post, state } = props;
  const { timeZone } = useHands();
  const isOwn = post.sender === state.me;
  const name = nameIn(state, post.sender);
  const at = Temporal.Instant.fromEpochMilliseconds(post.minute * 60_000);
  return (
    <li id={`post-${post.id}`} className={style["post"]} data-mine={isOwn}>
      <p className={style["by"]}>
        <strong>{isOwn ? words.thread.you : name}</strong>{" "}
        <span className={style["time"]}>
          {momentText(at, timeZone, "time")}
          {post.editedAt !== null && `, ${words.thread.edited}`}
        </span>
      </p>
      {post.replyTo !== null && <Quote state={state} post={post.replyTo} />}
      {post.text === null ? (
        <p className={style["gone"]}>{words.thread.deleted}</p>
      ) : (
        <>
          <p className={style["text"]} dir="auto">
            {post.text}
          </p>
          <Reactions {...props} />
          <Doings {...props} name={name} isOwn={isOwn} />
        </>
      )}
    </li>
  );
}

function Quote({ state, post }: { readonly state: OpenRoom; readonly post: string }) {
  const found = state.items.find((item) => item.kind === "post" && item.post.id === post);
  if (found?.kind !== "post") return <p className={style["quote"]}>{words.thread.replyGone}</p>;
  const { sender, text: said } = found.post;
  return (
    <p className={style["quote"]}>
      <a href={`#post-${post}`}>
        {sender === state.me
          ? words.thread.replyToYou
          : words.thread.replyTo(nameIn(state, sender))}
      </a>
      <span className={style["quoted"]}>{said ?? words.thread.deleted}</span>
    </p>
  );
}

function Reactions({ post, state, room }: Pick<ThreadProps, "state" | "room"> & { post: Post }) {
  const given = REACTIONS.map((reaction) => ({
    reaction,
    by: post.reactions.filter((each) => each.reaction === reaction).map(({ by }) => by),
  })).filter(({ by }) => by.length > 0);
  if (given.length === 0) return null;
  return (
    <ul className={style["reactions"]} role="list">
      {given.map(({ reaction, by }) => {
        const names = by.map((each) => nameIn(state, each)).join(", ");
        return (
          <li key={reaction}>
            <button
              type="button"
              className={style["reaction"]}
              aria-pressed={by.includes(state.me)}
              onClick={() => room.react(post.id, reaction)}
            >
              {text.reactedBy(text.reaction[reaction], names)}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Doings(
  props: ThreadProps & { readonly post: Post; readonly name: string; readonly isOwn: boolean },
) {
  const { post, state, room, name, isOwn, onReply, onEdit, onReport } = props;
  const { now } = useHands();
  const toast = useToast();
  const own = (reaction: string) =>
    post.reactions.some((each) => each.by === state.me && each.reaction === reaction);
  const remove = () => {
    room.say({ kind: "delete", target: post.id });
    toast({ text: text.removed });
  };
  return (
    <details className={style["doings"]}>
      <summary className={style["more"]}>
        <span aria-hidden="true">···</span>
        <VisuallyHidden>{isOwn ? text.moreOwn : text.more(name)}</VisuallyHidden>
      </summary>
      <div className={style["sheet"]}>
        {!isOwn && (
          <div className={style["chips"]} role="group" aria-label={text.reactions}>
            {REACTIONS.map((reaction) => (
              <button
                key={reaction}
                type="button"
                className={style["reaction"]}
                aria-pressed={own(reaction)}
                onClick={() => room.react(post.id, reaction)}
              >
                {text.reaction[reaction]}
              </button>
            ))}
          </div>
        )}
        <div className={style["chips"]}>
          <Button kind="quiet" onClick={() => onReply(post.id)}>
            {text.reply}
          </Button>
          {isOwn && isEditable(post, state.me, now()) && (
            <Button kind="quiet" onClick={() => onEdit(post.id)}>
              {text.edit}
            </Button>
          )}
          {isOwn && (
            <Button kind="quiet" onClick={remove}>
              {text.remove}
            </Button>
          )}
          {!isOwn && state.canReport && (
            <Button kind="quiet" onClick={() => onReport(post.id)}>
              {text.report}
            </Button>
          )}
        </div>
      </div>
    </details>
  );
}

/** Shown as said, from the moment it was. */
export function UnsentShown(props: {
  readonly unsent: Unsent;
  readonly room: Room;
  readonly state: OpenRoom;
}) {
  const { unsent, room, state } = props;
  const { content } = unsent;
  return (
    <li className={classNames(style["post"], style["unsent"])} data-mine="true">
      <p className={style["by"]}>
        <strong>{words.thread.you}</strong>{" "}
        <span className={style["time"]}>
          {unsent.state === "failed" ? (
            <>
              <Icon name="info" /> {text.failed}
            </>
          ) : state.connection === "offline" || !state.isSettled ? (
            text.waiting
          ) : (
            text.sending
          )}
        </span>
      </p>
      {content.kind === "reply" && <Quote state={state} post={content.target} />}
      <p className={style["text"]} dir="auto">
        {"text" in content && content.text}
      </p>
      {unsent.state === "failed" && (
        <div className={style["chips"]}>
          <Button onClick={() => room.tryAgain(unsent.id)}>{text.tryAgain}</Button>
          <Button kind="quiet" onClick={() => room.takeBack(unsent.id)}>
            {text.discard}
          </Button>
        </div>
      )}
    </li>
  );
}

export const nameIn = ({ members, me }: OpenRoom, pseudonym: string): string =>
  pseudonym === me
    ? words.thread.you
    : (members.find((member) => member.pseudonym === pseudonym)?.name ?? words.thread.gone);
