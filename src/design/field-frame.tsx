/**
 * What every field has round it: its label, who can read it, a hint and what went wrong, tied to the
 * control by id so that a screen reader says them in that order.
 */
import { useId, type ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { useArrivalInField } from "./arrival.ts";
import { Icon } from "./icon.tsx";
import type { Readership } from "./readership.ts";
import { useTelling, ZoneNote, ZoneSaid } from "./zone-mark.tsx";
import { VisuallyHidden } from "./visually-hidden.tsx";
import { words } from "./words.ts";
import style from "./field-frame.module.css";

export interface FieldFrameProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | null | undefined;
  /** Who can read what is typed here. */
  readonly zone: Readership;
  readonly optional?: boolean | undefined;
}

export interface ControlTies {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
}

interface Props extends FieldFrameProps {
  readonly id?: string | undefined;
  /** The screen opens in this field: it takes the focus, and the screen's heading is said with it. */
  readonly arrival?: boolean | undefined;
  readonly children: (ties: ControlTies) => ReactNode;
}

export function FieldFrame({ id, label, hint, error, zone, optional, arrival, children }: Props) {
  const ties = useTies({ id, hint, error, zone });
  const arrived = useArrivalInField(ties.id, arrival);
  return (
    <div className={style["frame"]}>
      <div className={style["head"]}>
        <label className={style["label"]} htmlFor={ties.id}>
          <FieldLabel label={label} optional={optional} />
        </label>
        <ZoneNote of={zone} id={zoneId(ties.id)} />
      </div>
      <FieldHint id={ties.id} hint={hint} />
      {children({ ...ties, "aria-describedby": joined([arrived, ties["aria-describedby"]]) })}
      <FieldError id={ties.id} error={error} />
    </div>
  );
}

/** The same frame round a group of controls. */
export function GroupFrame(
  props: FieldFrameProps & {
    readonly className?: string | undefined;
    readonly hideLabel?: boolean | undefined;
    readonly role?: "radiogroup" | undefined;
    readonly children: ReactNode;
  },
) {
  const { label, hint, error, zone, optional, className, hideLabel, role, children } = props;
  const ties = useTies({ hint, error, zone });
  return (
    <fieldset
      className={classNames(style["frame"], className)}
      role={role}
      aria-describedby={ties["aria-describedby"]}
      aria-invalid={role === "radiogroup" ? ties["aria-invalid"] : undefined}
    >
      <legend className={hideLabel === true ? style["unseen"] : style["legend"]}>
        <span className={style["head"]}>
          <span className={style["label"]}>
            <FieldLabel label={label} optional={optional} />
          </span>
          {/* In the legend for the eye; said after its name, from below, and not as a part of it. */}
          <ZoneNote of={zone} />
        </span>
      </legend>
      <VisuallyHidden>
        <ZoneNote of={zone} id={zoneId(ties.id)} />
      </VisuallyHidden>
      <FieldHint id={ties.id} hint={hint} />
      <ZoneSaid zone={zone} byGroup>
        {children}
      </ZoneSaid>
      <FieldError id={ties.id} error={error} />
    </fieldset>
  );
}

interface TiedParts {
  readonly id?: string | undefined;
  readonly hint?: ReactNode;
  readonly error?: string | null | undefined;
  readonly zone: Readership;
}

function useTies({ id: givenId, hint, error, zone }: TiedParts): ControlTies {
  const ownId = useId();
  const id = givenId ?? ownId;
  const telling = useTelling(zone);
  return {
    id,
    "aria-describedby": joined([
      telling !== "nothing" && zoneId(id),
      hasHint(hint) && hintId(id),
      hasError(error) && errorId(id),
    ]),
    "aria-invalid": hasError(error) ? true : undefined,
  };
}

const joined = (ids: readonly (string | false | undefined)[]): string | undefined =>
  ids.filter(Boolean).join(" ") || undefined;

function FieldLabel({ label, optional }: Pick<FieldFrameProps, "label" | "optional">) {
  return (
    <>
      {label}
      {optional === true && <span className={style["optional"]}> ({words.optional})</span>}
    </>
  );
}

function FieldHint({ id, hint }: { id: string; hint: ReactNode }) {
  if (!hasHint(hint)) return null;
  return (
    <div className={style["hint"]} id={hintId(id)}>
      {hint}
    </div>
  );
}

function FieldError({ id, error }: { id: string; error: string | null | undefined }) {
  if (!hasError(error)) return null;
  return (
    <p className={style["error"]} id={errorId(id)}>
      <Icon name="info" />
      {error}
    </p>
  );
}

const zoneId = (id: string) => `${id}-zone`;
const hintId = (id: string) => `${id}-hint`;
const errorId = (id: string) => `${id}-error`;
const hasHint = (hint: ReactNode) => hint !== undefined && hint !== null && hint !== "";
const hasError = (error: string | null | undefined): error is string =>
  error !== undefined && error !== null && error !== "";
