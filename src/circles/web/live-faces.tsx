/** Faces, where all of those who are here want them; and the place to say so, which nobody is pointed to. */
import { useEffect, useRef } from "react";
import { Button } from "#design/button.tsx";
import { Disclosure } from "#design/disclosure.tsx";
import { Notice } from "#design/notice.tsx";
import { Section } from "#design/section.tsx";
import type { LiveViewProps, NameOf } from "./live-view.tsx";
import { words } from "./live-words.ts";
import style from "./live.module.css";

const text = words.faces;

type Shown = Pick<LiveViewProps, "live" | "state">;

export function FacesAsked({ live, state }: Shown) {
  const { own, isEverybody, camera } = state.faces;
  return (
    <Disclosure summary={text.title}>
      {text.about.map((each) => (
        <p key={each}>{each}</p>
      ))}
      {(camera === "NotAllowed" || camera === "NoCamera") && (
        <Notice live="polite">{text.trouble[camera]}</Notice>
      )}
      <p role="status">
        <strong>{isEverybody ? text.everybody : text.notEverybody}</strong>
      </p>
      <Button onClick={() => live.showFace(!own)}>{own ? text.no : text.yes}</Button>
      {own && !isEverybody && <p className={style["quiet"]}>{text.said}</p>}
    </Disclosure>
  );
}

export function FacesShown({ live, state, nameOf }: Shown & { readonly nameOf: NameOf }) {
  const { camera, trackByMember, isEverybody } = state.faces;
  if (!isEverybody || typeof camera === "string") return null;
  return (
    <Section title={text.title}>
      <ul className={style["faces"]}>
        <li>
          <Face track={camera} label={text.own} isMirrored />
        </li>
        {[...trackByMember].map(([pseudonym, track]) => (
          <li key={pseudonym}>
            <Face track={track} label={nameOf(pseudonym)} />
          </li>
        ))}
      </ul>
      <Button onClick={() => live.showFace(false)}>{text.no}</Button>
    </Section>
  );
}

function Face(props: {
  readonly track: MediaStreamTrack;
  readonly label: string;
  readonly isMirrored?: boolean;
}) {
  const { track, label, isMirrored = false } = props;
  const picture = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const shown = picture.current;
    if (shown === null) return;
    shown.srcObject = new MediaStream([track]);
    // A track that is taken away leaves its last frame, which is as much of a picture as any.
    return () => {
      shown.srcObject = null;
    };
  }, [track]);
  return (
    <figure className={style["face"]}>
      <video
        ref={picture}
        data-mirrored={isMirrored}
        aria-label={label}
        muted
        autoPlay
        playsInline
      />
      <figcaption>{label}</figcaption>
    </figure>
  );
}
