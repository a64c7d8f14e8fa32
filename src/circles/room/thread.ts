/**
 * The thread as a reader sees it: messages in the server's order with what was done to them later. The device
 * applies the rules itself, so that the server can't let anybody change or delete another's words.
 *
 * Minutes are what each sender's device says, since nobody else may know them. So an edit is obeyed where its own
 * minute is within fifteen of its post's, and nobody else has spoken between the two more than fifteen minutes after
 * the post. A clock that lies can date a message as it likes, in sight of all, but not change its place. By dating
 * both post and edit back, or the post ahead, its owner can edit later than others, until somebody speaks whose clock
 * is past that time; readers see that it was edited. And a clock that runs ahead keeps others from editing what stands
 * before its message. None of this touches another's words.
 */
import type { OpenedMessage } from "./message.ts";
import type { Reaction } from "./message-content.ts";

export const EDIT_MINUTES = 15;

export interface Post {
  readonly id: string;
  readonly sender: string;
  /** Since the epoch (1970), as its sender's device named it. */
  readonly minute: number;
  /** Null once it is deleted. */
  readonly text: string | null;
  /** The id of the message it answers, which this device may not have. */
  readonly replyTo: string | null;
  readonly editedAt: number | null;
  /** Somebody else has spoken since, more than fifteen minutes later: it can't be edited any more. */
  readonly isOvertaken: boolean;
  readonly reactions: readonly { readonly by: string; readonly reaction: Reaction }[];
}

interface Standing extends Omit<Post, "isOvertaken"> {
  /** Among the messages. */
  readonly at: number;
  readonly reactions: { readonly id: string; readonly by: string; readonly reaction: Reaction }[];
}

/** Whatever a rule doesn't allow changes nothing. A message that comes twice counts once. */
export function threadOf(all: readonly OpenedMessage[]): readonly Post[] {
  const posts = new Map<string, Standing>();
  const seen = new Set<string>();
  const messages = all.filter(({ id }) => !seen.has(id) && seen.add(id));
  for (const at of messages.keys()) apply(posts, messages, at);
  return [...posts.values()].map(({ at, ...post }) => ({
    ...post,
    isOvertaken: isOvertaken({ ...post, at }, messages, messages.length),
    reactions: post.reactions.map(({ by, reaction }) => ({ by, reaction })),
  }));
}

type Editable = Pick<Post, "sender" | "minute" | "text" | "isOvertaken">;

/** `minute` is that of the edit. */
export const mayEdit = (post: Editable, by: string, minute: number): boolean =>
  post.sender === by &&
  post.text !== null &&
  !post.isOvertaken &&
  minute >= post.minute &&
  minute - post.minute <= EDIT_MINUTES;

function isOvertaken(
  { at, sender, minute }: Pick<Standing, "at" | "sender" | "minute">,
  messages: readonly OpenedMessage[],
  until: number,
): boolean {
  for (let other = at + 1; other < until; other++) {
    const between = messages[other]!;
    if (between.sender !== sender && between.minute - minute > EDIT_MINUTES) return true;
  }
  return false;
}

function apply(posts: Map<string, Standing>, messages: readonly OpenedMessage[], at: number) {
  const { id, sender, minute, content } = messages[at]!;
  switch (content.kind) {
    case "text":
    case "reply": {
      const replyTo = content.kind === "reply" ? content.target : null;
      const { text } = content;
      posts.set(id, { at, id, sender, minute, text, replyTo, editedAt: null, reactions: [] });
      break;
    }
    case "reaction": {
      const post = posts.get(content.target);
      const { reaction } = content;
      const isSame = (each: { by: string; reaction: Reaction }) =>
        each.by === sender && each.reaction === reaction;
      if (post && post.text !== null && !post.reactions.some(isSame))
        post.reactions.push({ id, by: sender, reaction });
      break;
    }
    case "edit": {
      const post = posts.get(content.target);
      if (!post) break;
      if (mayEdit({ ...post, isOvertaken: isOvertaken(post, messages, at) }, sender, minute))
        posts.set(post.id, { ...post, text: content.text, editedAt: minute });
      break;
    }
    case "delete":
      withdraw(posts, content.target, sender);
  }
}

/** A post, or a reaction. */
function withdraw(posts: Map<string, Standing>, target: string, by: string) {
  const post = posts.get(target);
  if (post?.sender === by) {
    posts.set(target, { ...post, text: null, editedAt: null, reactions: [] });
    return;
  }
  for (const each of posts.values()) {
    const at = each.reactions.findIndex((reaction) => reaction.id === target);
    if (at !== -1 && each.reactions[at]!.by === by) each.reactions.splice(at, 1);
  }
}
