/**
 * One screen: its heading, its main landmark and its one main action, which on a phone waits within
 * reach of the thumb. After moving here the heading takes the focus, so that a screen reader says where
 * one has arrived. The tab's title is never touched: it says Callroom and nothing else.
 */
import { useEffect, useRef, type ReactNode } from "react";
import { Link } from "wouter";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import style from "./page.module.css";

export interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly zone?: ReactNode;
  readonly back?: { readonly href: string; readonly text: string } | undefined;
  readonly action?: ReactNode;
  readonly width?: "read" | "wide" | undefined;
  readonly children?: ReactNode;
}

export function Page({ title, lead, zone, back, action, width = "read", children }: PageProps) {
  const heading = useArrivalFocus();
  return (
    <main id="main" tabIndex={-1} className={classNames(style["page"], style[width])}>
      <header className={style["head"]}>
        {back !== undefined && (
          <Link href={back.href} className={style["back"]} data-print="never">
            <Icon name="back" />
            {back.text}
          </Link>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead !== undefined && <div className={style["lead"]}>{lead}</div>}
        {zone}
      </header>
      {children}
      {action !== undefined && (
        <div className={style["action"]} data-print="never">
          {action}
        </div>
      )}
    </main>
  );
}

/** The first screen of a visit keeps the browser's own focus; each later one announces itself. */
let isFirstArrival = true;

/** For the heading of a screen that is laid out without Page. */
export function useArrivalFocus() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const part = location.hash === "" ? null : document.getElementById(location.hash.slice(1));
    if (part !== null) part.scrollIntoView();
    else if (!isFirstArrival) heading.current?.focus({ preventScroll: true });
    isFirstArrival = false;
  }, []);
  return heading;
}
