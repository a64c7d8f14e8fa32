/**
 * A document on its way out of its seal, in a steward's browser: fetched, opened with the key of its epoch, and
 * what it is told by its first bytes. Nothing of it is kept.
 */
import type { Bytes } from "#platform/bytes.ts";
import { ok, refuse, type Result } from "#platform/result.ts";
import { call } from "#platform/web/api.ts";
import type { Safe } from "#vault/web/safe.ts";
import { documentType, type DocumentType } from "../steward-wrap.ts";
import { readDocument, resealDocument } from "../verification-contract.ts";
import { openDocument, sealDocument } from "./document-seal.ts";
import {
  openEpoch,
  readKeyRoom,
  type KeyRoom,
  type KeyRoomRefusal,
  type OpenEpoch,
} from "./key-room.ts";

export interface OpenedDocument {
  readonly bytes: Bytes;
  readonly type: DocumentType;
}

/** Whose document, and of which asking. */
export interface DocumentPlace {
  readonly id: string;
  readonly account: string;
}

export type DocumentRefusal =
  | KeyRoomRefusal
  /** This steward has not the key of that epoch. `NotOpened`: the key is right, and it doesn't open. */
  | { readonly type: "NoKey" | "NotOpened" };

export async function openAskingDocument(
  safe: Safe,
  place: DocumentPlace,
): Promise<Result<OpenedDocument, DocumentRefusal>> {
  const room = await readKeyRoom(safe);
  if (!room.ok) return room;
  const opened = await openIn(room.value, place);
  if (!opened.ok) return opened;
  const type = documentType(opened.value);
  return type === null ? refuse({ type: "NotOpened" }) : ok({ bytes: opened.value, type });
}

/** Null when it is sealed to `to`; `NotFound` where it was decided meanwhile. */
export async function sealAnew(
  room: KeyRoom,
  to: OpenEpoch,
  place: DocumentPlace,
): Promise<DocumentRefusal | null> {
  const opened = await openIn(room, place);
  if (!opened.ok) return opened.refusal;
  const sealed = await sealDocument(to.epoch, to.keys, place.account, opened.value);
  const kept = await call(resealDocument, {
    params: { id: place.id },
    body: { epoch: to.epoch, sealed },
  });
  return kept.ok ? null : kept.refusal;
}

async function openIn(
  room: KeyRoom,
  { id, account }: DocumentPlace,
): Promise<Result<Bytes, DocumentRefusal>> {
  const read = await call(readDocument, { params: { id } });
  if (!read.ok) return read;
  const epoch = await openEpoch(room, read.value.epoch);
  if (epoch === null) return refuse({ type: "NoKey" });
  const bytes = await openDocument(
    epoch.secret,
    epoch.epoch,
    epoch.keys,
    account,
    read.value.sealed,
  );
  return bytes === null ? refuse({ type: "NotOpened" }) : ok(bytes);
}
