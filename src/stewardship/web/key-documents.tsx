/**
 * Documents that wait under an earlier key, sealed anew one after the other. It can be stopped, or left by
 * leaving the page: what is done is done, and the rest is still there the next time.
 */
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "#design/button.tsx";
import { Notice } from "#design/notice.tsx";
import { Section } from "#design/section.tsx";
import { useToast } from "#design/toast.tsx";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { keyDuty } from "../key-standing.ts";
import { keyRefusalText } from "./key-refusal-words.ts";
import { openEpoch, type KeyRoom } from "./key-room.ts";
import { sealAnew, type DocumentPlace, type DocumentRefusal } from "./opened-document.ts";
import { words } from "./verification-words.ts";
import style from "./verification.module.css";

interface Documents {
  readonly room: KeyRoom;
  readonly documents: readonly (DocumentPlace & { readonly documentEpoch: number | null })[];
  readonly onChanged: () => Promise<void>;
}

interface Progress {
  readonly done: number;
  readonly of: number;
}

export function KeyDocuments({ room, documents, onChanged }: Documents) {
  const text = words.key;
  const toast = useToast();
  const label = useId();
  const running = useRef<AbortController | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [unopened, setUnopened] = useState(0);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const { log, stewards, safe } = room;
  const older = documents.filter(({ documentEpoch }) => documentEpoch! < (log?.epoch ?? 0));
  const maySeal = keyDuty(log, stewards, safe.account) === "none";
  if (progress === null && (older.length === 0 || !maySeal)) return null;

  const seal = async () => {
    const leaving = new AbortController();
    running.current = leaving;
    setTrouble(null);
    setProgress({ done: 0, of: older.length });
    const sealed = await sealAll(room, older, leaving.signal, (done) =>
      setProgress({ done, of: older.length }),
    );
    setProgress(null);
    setUnopened(sealed.unopened);
    setTrouble(sealed.trouble);
    if (sealed.done > 0) toast({ text: text.resealed(sealed.done) });
    await onChanged();
  };

  return (
    <Section title={text.documents} lead={text.documentsText(progress?.of ?? older.length)}>
      {progress === null ? (
        <Button kind="primary" onClick={() => void seal()}>
          {text.reseal}
        </Button>
      ) : (
        <div className={style["document"]}>
          <p id={label} role="status">
            {text.resealing(progress.done, progress.of)}
          </p>
          <progress
            className={style["progress"]}
            aria-labelledby={label}
            max={progress.of}
            value={progress.done}
          />
          <Button onClick={() => running.current?.abort()}>{text.stop}</Button>
        </div>
      )}
      {unopened > 0 && <Notice kind="warm">{text.unopened(unopened)}</Notice>}
      {trouble !== null && <Notice kind="refusal">{trouble}</Notice>}
    </Section>
  );
}

async function sealAll(
  room: KeyRoom,
  places: readonly DocumentPlace[],
  stop: AbortSignal,
  tell: (done: number) => void,
): Promise<{ done: number; unopened: number; trouble: string | null }> {
  const to = await openEpoch(room, room.log!.epoch);
  if (to === null) return { done: 0, unopened: 0, trouble: words.key.notOpened };
  let [done, unopened] = [0, 0];
  for (const place of places) {
    if (stop.aborted) break;
    const refusal = await patiently(() => sealAnew(room, to, place), stop);
    if (refusal === null) done += 1;
    else if (refusal.type === "NoKey" || refusal.type === "NotOpened") unopened += 1;
    // Decided meanwhile: there is nothing left to seal.
    else if (refusal.type !== "NotFound") return { done, unopened, trouble: keyTrouble(refusal) };
    tell(done);
  }
  return { done, unopened, trouble: null };
}

const WAIT_MS = 3_000;

/** A steward has so many requests a minute; what waits may be more. */
async function patiently(
  act: () => Promise<DocumentRefusal | null>,
  stop: AbortSignal,
): Promise<DocumentRefusal | null> {
  for (;;) {
    const refusal = await act();
    if (refusal?.type !== "TooMany" || stop.aborted) return refusal;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

function keyTrouble(refusal: DocumentRefusal): string {
  if (refusal.type === "EpochPassed") return words.key.moved;
  return keyRefusalText(refusal) ?? refusalToWords(refusal);
}
