/**
 * The marks that say who can read what is typed. A page carries the whole line, which a tap explains; a
 * field repeats no more than is news where it stands, so that a form of twelve fields stays quiet.
 */
import { createContext, useContext, useId, useMemo, type ReactNode } from "react";
import { Link } from "wouter";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import type { Readership } from "./readership.ts";
import { VisuallyHidden } from "./visually-hidden.tsx";
import { words } from "./words.ts";
import style from "./zone-mark.module.css";

export function ZoneMark({ of }: { readonly of: Readership }) {
  const { name, meaning } = words.zones[of.zone];
  return (
    <details className={classNames(style["mark"], style[of.zone])}>
      <summary className={style["line"]}>
        <Icon name={of.zone} />
        <VisuallyHidden>{words.whoCanRead}: </VisuallyHidden>
        <span>
          <span className={style["name"]}>{name}.</span> {of.readers}
        </span>
      </summary>
      <div className={style["meaning"]}>
        <p>{meaning}</p>
        <p>
          <Link href="/promises">{words.howProved}</Link>
        </p>
      </div>
    </details>
  );
}

/** What a field has to say of itself: the whole line, or only the mark, or nothing, where it was just said. */
type Telling = "line" | "mark" | "nothing";

interface Said extends Readership {
  /** Said by the group that the field belongs to, and not only by its page. */
  readonly byGroup: boolean;
}

const SaidContext = createContext<Said | null>(null);

/** The page, or part of a page, that carries the whole line of `zone`. */
export function ZoneSaid({ zone, byGroup = false, children }: ZoneSaidProps) {
  const said = useMemo(() => (zone === undefined ? null : { ...zone, byGroup }), [zone, byGroup]);
  return said === null ? children : <SaidContext value={said}>{children}</SaidContext>;
}

interface ZoneSaidProps {
  readonly zone: Readership | undefined;
  readonly byGroup?: boolean | undefined;
  readonly children: ReactNode;
}

export function useTelling({ zone, readers }: Readership): Telling {
  const said = useContext(SaidContext);
  if (said === null || said.zone !== zone || said.readers !== readers) return "line";
  return said.byGroup ? "nothing" : "mark";
}

/** In the line of a label. With an `id` it describes a control; without one it is there for the eye alone. */
export function ZoneNote({
  of,
  id,
}: {
  readonly of: Readership;
  readonly id?: string | undefined;
}) {
  return <Note of={of} id={id} telling={useTelling(of)} />;
}

/** Bare controls under a heading of their own, which is handed the mark: it says it once for all of them. */
export function ZoneGroup(props: {
  readonly zone: Readership;
  readonly label: string;
  readonly className?: string | undefined;
  readonly children: (note: ReactNode) => ReactNode;
}) {
  const { zone, label, className, children } = props;
  const id = useId();
  const telling = useTelling(zone);
  return (
    <div
      role="group"
      className={className}
      aria-label={label}
      aria-describedby={telling === "nothing" ? undefined : id}
    >
      <ZoneSaid zone={zone} byGroup>
        {children(<Note of={zone} id={id} telling={telling} />)}
      </ZoneSaid>
    </div>
  );
}

function Note(props: {
  readonly of: Readership;
  readonly id: string | undefined;
  readonly telling: Telling;
}) {
  const { of, id, telling } = props;
  if (telling === "nothing") return null;
  const { name } = words.zones[of.zone];
  return (
    <span
      id={id}
      className={classNames(style["note"], style[of.zone])}
      data-telling={telling}
      aria-hidden={id === undefined ? true : undefined}
      title={telling === "mark" ? `${name}. ${of.readers}` : undefined}
    >
      <Icon name={of.zone} />
      {telling === "line" ? (
        <span>
          <VisuallyHidden>
            {words.whoCanRead}: {name}.{" "}
          </VisuallyHidden>
          {of.readers}
        </span>
      ) : (
        <VisuallyHidden>{name}</VisuallyHidden>
      )}
    </span>
  );
}
