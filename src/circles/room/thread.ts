/**
 * The thread as a reader sees it: messages in the server's order with what was done to them later. The device
 * applies the rules itself, so that the server can't let anybody change or delete another's words.
 */
import type { OpenedMessage } from "./message.ts";
import type { Reaction } from "./message-content.ts";

/** By the server's stamps. */
export const EDIT_MINUTES = 15;

export interface StampedMessage extends OpenedMessage {
  /** Minutes since the epoch, of the stamp. */
  readonly minute: number;
}

export interface Post {
  readonly id: string;
  readonly sender: string;
  readonly minute: number;
  /** Null once it is deleted. */
  readonly text: string | null;
  /** The id of the message it answers, which this device may not have. */
  readonly replyTo: string | null;
  readonly editedAt: number | null;
  readonly reactions: readonly { readonly by: string; readonly reaction: Reaction }[];
}

interface Standing extends Post {
  readonly reactions: { readonly id: string; readonly by: string; readonly reaction: Reaction }[];
}

/** Whatever a rule doesn't allow changes nothing. A message that comes twice counts once. */
export function threadOf(messages: readonly StampedMessage[]): readonly Post[] {
  const posts = new Map<string, Standing>();
  const seen = new Set<string>();
  for (const message of messages) {
    if (seen.has(message.id)) continue;
    seen.add(message.id);
    apply(posts, message);
  }
  return [...posts.values()].map((post) => ({
    ...post,
    reactions: post.reactions.map(({ by, reaction }) => ({ by, reaction })),
  }));
}

export const mayEdit = (post: Pick<Post, "sender" | "minute" | "text">, by: string, now: number) =>
  post.sender === by && post.text !== null && now - post.minute <= EDIT_MINUTES;

function apply(posts: Map<string, Standing>, { id, sender, minute, content }: StampedMessage) {
  switch (content.kind) {
    case "text":
    case "reply": {
      const replyTo = content.kind === "reply" ? content.target : null;
      const { text } = content;
      posts.set(id, { id, sender, minute, text, replyTo, editedAt: null, reactions: [] });
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
      if (post && mayEdit(post, sender, minute))
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
