/**
 * A button. While its work runs it stays in place and in focus, says so, and takes no second press, so
 * that an impatient thumb never sends a thing twice.
 */
import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import style from "./button.module.css";

export type ButtonKind = "primary" | "secondary" | "quiet" | "danger";

export interface ButtonProps extends ComponentProps<"button"> {
  readonly kind?: ButtonKind | undefined;
  readonly busy?: boolean | undefined;
  readonly busyText?: string | undefined;
  readonly wide?: boolean | undefined;
  readonly icon?: ReactNode;
}

export function Button(props: ButtonProps) {
  const { kind, busy, busyText, wide, icon, className, onClick, children, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      className={classNames(buttonLook({ kind, wide }), className)}
      aria-disabled={busy === true ? true : rest["aria-disabled"]}
      data-busy={busy === true ? "" : undefined}
      onClick={busy === true ? swallow : onClick}
    >
      {icon}
      <span aria-live={busyText === undefined ? undefined : "polite"}>
        {busy === true && busyText !== undefined ? busyText : children}
      </span>
    </button>
  );
}

/** The same look for what is a link. */
export function buttonLook(look: { kind?: ButtonKind | undefined; wide?: boolean | undefined }) {
  return classNames(
    style["button"],
    style[look.kind ?? "secondary"],
    look.wide === true && style["wide"],
  );
}

/** Stops a submit button too. */
function swallow(event: MouseEvent) {
  event.preventDefault();
}
