/** Serves the sealed room of a pair: its keys, once, and its messages, each acknowledged as often as it is sent. */
import { base64urlToBytes } from "#platform/bytes.ts";
import { ok, refuse } from "#platform/result.ts";
import { violation } from "#platform/server/db.ts";
import { callerOf, mount, type Mounting } from "#platform/server/http.ts";
import type { CoachingDeps } from "../../server/deps.ts";
import { personsById } from "../../server/store.ts";
import { openSpace, readMessages, readSpaces, sendMessage } from "../contract.ts";
import { memberSide, otherMember } from "./policy.ts";
import { presentMessage, presentSpace } from "./present.ts";
import {
  keepKeys,
  keepMessage,
  keysOfMember,
  messageById,
  messagesAfter,
  spaceById,
  spacesOfMember,
} from "./store.ts";

const MESSAGE_PAGE = 100;
const UNIQUE_VIOLATION = "23505";

export function spaceRoutes(mounting: Mounting, deps: CoachingDeps): void {
  const { db } = deps;

  mount(mounting, readSpaces, async (request) => {
    const { account } = callerOf(request);
    const spaces = await spacesOfMember(db, account);
    const keys = await keysOfMember(db, account);
    const persons = await personsById(
      db,
      spaces.map((space) => otherMember(space, account)),
    );
    return ok({
      spaces: spaces.flatMap((space) => {
        const side = memberSide(space, account);
        const other = persons.get(otherMember(space, account));
        return side && other ? [presentSpace(space, side, other, keys.get(space.id) ?? null)] : [];
      }),
    });
  });

  mount(mounting, openSpace, async (request) => {
    const { account } = callerOf(request);
    const space = await spaceById(db, request.params.id);
    if (!space || memberSide(space, account) === null) return refuse({ type: "NotFound" });
    const sealedByMember = new Map([
      [account, base64urlToBytes(request.body.own)!],
      [otherMember(space, account), base64urlToBytes(request.body.other)!],
    ]);
    const kept = await db
      .transaction()
      .execute((within) => keepKeys(within, space.id, sealedByMember));
    return kept ? ok({}) : refuse({ type: "AlreadyOpen" });
  });

  mount(mounting, readMessages, async (request) => {
    const { account } = callerOf(request);
    const space = await spaceById(db, request.params.id);
    if (!space || memberSide(space, account) === null) return refuse({ type: "NotFound" });
    const found = await messagesAfter(db, space.id, request.query.after, MESSAGE_PAGE);
    return ok({
      messages: found.map((message) => presentMessage(message, account)),
      more: found.length === MESSAGE_PAGE,
    });
  });

  mount(mounting, sendMessage, async (request) => {
    const { account: sender } = callerOf(request);
    const { id } = request.body;
    const space = await spaceById(db, request.params.id);
    if (!space || memberSide(space, sender) === null) return refuse({ type: "NotFound" });
    const sealed = base64urlToBytes(request.body.sealed)!;
    const sequence = await keepMessage(db, { space: space.id, id, sender, sealed }).catch(
      (error: unknown) => {
        if (violation(error)?.code === UNIQUE_VIOLATION) return "known" as const;
        throw error;
      },
    );
    if (sequence === null) return refuse({ type: "SpaceNotOpen" });
    if (sequence !== "known") return ok({ sequence });
    const known = await messageById(db, space.id, id);
    return known?.sender === sender
      ? ok({ sequence: known.sequence })
      : refuse({ type: "BadInput", detail: { field: "id" } });
  });
}
