/**
 * What every field has round it: its label, who can read it, a hint and what went wrong, tied to the
 * control by id so that a screen reader says them in that order.
 */
import { useId, type ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import { words } from "./words.ts";
import style from "./field-frame.module.css";

export interface FieldFrameProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | null | undefined;
  readonly zone?: ReactNode;
  readonly optional?: boolean | undefined;
}

export interface ControlTies {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
}

interface Props extends FieldFrameProps {
  readonly id?: string | undefined;
  readonly children: (ties: ControlTies) => ReactNode;
}

export function FieldFrame({ id, label, hint, error, zone, optional, children }: Props) {
  const ties = useTies({ id, hint, error });
  return (
    <div className={style["frame"]}>
      <label className={style["label"]} htmlFor={ties.id}>
        <FieldLabel label={label} optional={optional} />
      </label>
      <FieldHint id={ties.id} hint={hint} />
      {children(ties)}
      <FieldError id={ties.id} error={error} />
      {zone}
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
  const ties = useTies({ hint, error });
  return (
    <fieldset
      className={classNames(style["frame"], className)}
      role={role}
      aria-describedby={ties["aria-describedby"]}
      aria-invalid={role === "radiogroup" ? ties["aria-invalid"] : undefined}
    >
      <legend className={classNames(style["label"], hideLabel === true && style["unseen"])}>
        <FieldLabel label={label} optional={optional} />
      </legend>
      <FieldHint id={ties.id} hint={hint} />
      {children}
      <FieldError id={ties.id} error={error} />
      {zone}
    </fieldset>
  );
}

interface TiedParts {
  readonly id?: string | undefined;
  readonly hint?: ReactNode;
  readonly error?: string | null | undefined;
}

function useTies({ id: givenId, hint, error }: TiedParts): ControlTies {
  const ownId = useId();
  const id = givenId ?? ownId;
  const described = [hasHint(hint) && hintId(id), hasError(error) && errorId(id)].filter(Boolean);
  return {
    id,
    "aria-describedby": described.length > 0 ? described.join(" ") : undefined,
    "aria-invalid": hasError(error) ? true : undefined,
  };
}

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

const hintId = (id: string) => `${id}-hint`;
const errorId = (id: string) => `${id}-error`;
const hasHint = (hint: ReactNode) => hint !== undefined && hint !== null && hint !== "";
const hasError = (error: string | null | undefined): error is string =>
  error !== undefined && error !== null && error !== "";
