/** A link that looks like a button: it goes somewhere, a Button does something. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import { buttonLook, type ButtonKind } from "./button.tsx";

export interface LinkButtonProps {
  readonly href: string;
  readonly kind?: ButtonKind | undefined;
  readonly wide?: boolean | undefined;
  readonly icon?: ReactNode;
  readonly download?: string | boolean | undefined;
  /** Leaves the app's own routes: a file, a telephone number, the server's own pages. */
  readonly external?: boolean | undefined;
  readonly children: ReactNode;
}

export function LinkButton({
  href,
  kind,
  wide,
  icon,
  download,
  external,
  children,
}: LinkButtonProps) {
  const className = buttonLook({ kind, wide });
  if (external === true || download !== undefined) {
    return (
      <a href={href} className={className} download={download} rel="noreferrer">
        {icon}
        <span>{children}</span>
      </a>
    );
  }
  return (
    <Link href={href} className={className}>
      {icon}
      <span>{children}</span>
    </Link>
  );
}
