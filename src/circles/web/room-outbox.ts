/**
 * What a member said and the server has not: in order, sealed on this device, sent again until it is acknowledged.
 * A message keeps its id from the first try on, so however often it is sent, it is one message.
 */
import * as v from "valibot";
import { bytesToBase64url, type Bytes } from "#platform/bytes.ts";
import { encodeContent, type Content } from "../room/message-content.ts";
import { messageIdField } from "../room/wire.ts";
import type { CircleDrafts } from "./keeping.ts";
import { outboxKey } from "./kept-of-circle.ts";

export interface Unsent {
  readonly id: string;
  readonly content: Content;
  readonly state:
    | "waiting"
    | "sending"
    /** The server has it; the thread hasn't brought it back yet. */
    | "sent"
    | "failed";
  /** The refusal's type, of what failed. */
  readonly why: string | null;
}

export interface Outbox {
  readonly list: () => readonly Unsent[];
  readonly restore: () => Promise<void>;
  readonly add: (content: Content) => string;
  readonly mark: (id: string, state: Unsent["state"], why?: string) => void;
  readonly drop: (id: string) => void;
}

export function makeOutbox(
  circle: string,
  drafts: CircleDrafts,
  random: (length: number) => Bytes,
  onChange: () => void,
): Outbox {
  const key = outboxKey(circle);
  let unsent: readonly Unsent[] = [];
  let keeping: Promise<unknown> = Promise.resolve();

  const set = (next: readonly Unsent[]) => {
    unsent = next;
    const kept = next
      .filter(({ state }) => state !== "sent")
      .map(({ id, content }) => ({ id, content }));
    keeping = keeping.then(() => drafts.writeDraft(key, kept.length === 0 ? null : kept));
    onChange();
  };

  return {
    list: () => unsent,
    restore: async () => {
      const read = v.safeParse(keptSchema, (await drafts.readDraft(key)) ?? []);
      const kept = (read.success ? read.output : []) as Pick<Unsent, "id" | "content">[];
      const restored = kept
        .filter(({ content }) => encodeContent(content) !== null)
        .map((each): Unsent => ({ ...each, state: "waiting", why: null }));
      if (restored.length > 0) set([...restored, ...unsent]);
    },
    add: (content) => {
      const id = bytesToBase64url(random(16));
      set([...unsent, { id, content, state: "waiting", why: null }]);
      return id;
    },
    mark: (id, state, why) =>
      set(unsent.map((each) => (each.id === id ? { ...each, state, why: why ?? null } : each))),
    drop: (id) => set(unsent.filter((each) => each.id !== id)),
  };
}

const target = messageIdField;
const keptSchema = v.array(
  v.object({
    id: messageIdField,
    content: v.variant("kind", [
      v.object({ kind: v.literal("text"), text: v.string() }),
      v.object({ kind: v.literal("reply"), target, text: v.string() }),
      v.object({ kind: v.literal("reaction"), target, reaction: v.string() }),
      v.object({ kind: v.literal("edit"), target, text: v.string() }),
      v.object({ kind: v.literal("delete"), target }),
    ]),
  }),
);
