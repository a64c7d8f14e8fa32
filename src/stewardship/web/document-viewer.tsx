/**
 * The document of one asking, opened in this browser. A picture is drawn on a canvas from its bytes, so that the
 * page's Content-Security-Policy need not let in any address for it; a PDF is handed to the device's own reader.
 */
import { useEffect, useRef, useState } from "react";
import { Actions } from "#design/actions.tsx";
import { Button } from "#design/button.tsx";
import { LinkButton } from "#design/link-button.tsx";
import { Notice } from "#design/notice.tsx";
import type { Bytes } from "#platform/bytes.ts";
import { refusalToWords } from "#platform/web/refusal-words.ts";
import { useSafe } from "#vault/web/safe-context.tsx";
import { keyRefusalText } from "./key-refusal-words.ts";
import { openAskingDocument, type DocumentPlace, type DocumentRefusal } from "./opened-document.ts";
import { words as stewardWords } from "./words.ts";
import { words } from "./verification-words.ts";
import style from "./verification.module.css";

type Opening =
  | { readonly at: "closed" }
  | { readonly at: "opening" }
  | { readonly at: "refused"; readonly refusal: DocumentRefusal }
  | { readonly at: "picture"; readonly picture: ImageBitmap }
  | { readonly at: "pdf"; readonly bytes: Bytes };

const CLOSED: Opening = { at: "closed" };

export function DocumentViewer({
  name,
  place,
}: {
  readonly name: string;
  readonly place: DocumentPlace;
}) {
  const text = words.document;
  const safe = useSafe();
  const [opening, setOpening] = useState<Opening>(CLOSED);
  const open = async () => {
    setOpening({ at: "opening" });
    const opened = await openAskingDocument(safe, place);
    if (!opened.ok) setOpening({ at: "refused", refusal: opened.refusal });
    else if (opened.value.type === "application/pdf")
      setOpening({ at: "pdf", bytes: opened.value.bytes });
    else
      setOpening(
        await createImageBitmap(new Blob([opened.value.bytes], { type: opened.value.type })).then(
          (picture): Opening => ({ at: "picture", picture }),
          (): Opening => ({ at: "refused", refusal: { type: "NotOpened" } }),
        ),
      );
  };

  switch (opening.at) {
    case "closed":
    case "opening":
      return (
        <div className={style["document"]}>
          <Button
            busy={opening.at === "opening"}
            busyText={text.opening}
            aria-label={opening.at === "opening" ? undefined : text.openNamed(name)}
            onClick={() => void open()}
          >
            {text.open}
          </Button>
          <p className={style["small"]}>{text.note}</p>
        </div>
      );
    case "refused":
      return <Refused refusal={opening.refusal} onAgain={() => void open()} />;
    case "picture":
      return (
        <Picture
          picture={opening.picture}
          label={text.picture(name)}
          onClose={() => setOpening(CLOSED)}
        />
      );
    case "pdf":
      return <Pdf bytes={opening.bytes} onClose={() => setOpening(CLOSED)} />;
  }
}

function Refused(props: { readonly refusal: DocumentRefusal; readonly onAgain: () => void }) {
  const { type } = props.refusal;
  return (
    <Notice kind="refusal">
      <p>{refusalText(props.refusal)}</p>
      {type !== "NotOpened" && (
        <Actions>
          {type === "NoKey" ? (
            <LinkButton href="/stewardship/key">{words.document.toKey}</LinkButton>
          ) : (
            <Button onClick={props.onAgain}>{stewardWords.again}</Button>
          )}
        </Actions>
      )}
    </Notice>
  );
}

function refusalText(refusal: DocumentRefusal): string {
  const text = words.document;
  switch (refusal.type) {
    case "NotFound":
      return text.gone;
    case "NoKey":
      return text.noKey;
    case "NotOpened":
      return text.notOpened;
    default:
      return keyRefusalText(refusal) ?? refusalToWords(refusal);
  }
}

/** Phones draw no canvas of more than 16.7 million points. */
const MOST_SIDE = 4096;

function Picture(props: {
  readonly picture: ImageBitmap;
  readonly label: string;
  readonly onClose: () => void;
}) {
  const { picture, label } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const desk = useRef<HTMLDivElement>(null);
  const [isFit, setIsFit] = useState(true);
  useEffect(() => {
    const { width, height } = picture;
    const scale = Math.min(1, MOST_SIDE / Math.max(width, height));
    const element = canvas.current!;
    element.width = Math.max(1, Math.round(width * scale));
    element.height = Math.max(1, Math.round(height * scale));
    element.getContext("2d")?.drawImage(picture, 0, 0, element.width, element.height);
    desk.current?.focus();
  }, [picture]);
  return (
    <div className={style["document"]}>
      {/* Scrolled with the arrow keys where the picture is larger. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- A region that scrolls takes the focus. */}
      <div ref={desk} className={style["desk"]} role="region" aria-label={label} tabIndex={0}>
        <canvas
          ref={canvas}
          className={style["picture"]}
          data-fit={isFit}
          role="img"
          aria-label={label}
        />
      </div>
      <Actions>
        <Button aria-pressed={!isFit} onClick={() => setIsFit(!isFit)}>
          {isFit ? words.document.fullSize : words.document.fit}
        </Button>
        <Button kind="quiet" onClick={props.onClose}>
          {words.document.close}
        </Button>
      </Actions>
    </div>
  );
}

function Pdf(props: { readonly bytes: Bytes; readonly onClose: () => void }) {
  const text = words.document;
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([props.bytes], { type: "application/pdf" }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [props.bytes]);
  return (
    <div className={style["document"]}>
      <p role="status">{text.pdf}</p>
      <Actions>
        {address !== null && (
          <LinkButton href={address} download={text.fileName}>
            {text.savePdf}
          </LinkButton>
        )}
        <Button kind="quiet" onClick={props.onClose}>
          {text.close}
        </Button>
      </Actions>
      <p className={style["small"]}>{text.savePdfNote}</p>
    </div>
  );
}
