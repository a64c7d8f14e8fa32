/**
 * One screen: its heading, its main landmark and its one main action, which on a phone waits within
 * reach of the thumb. After moving here the heading takes the focus, so that a screen reader says where
 * one has arrived. The tab's title is never touched: it says Callroom and nothing else.
 */
import { useEffect, useId, useRef, type ReactNode } from "react";
import { Link } from "wouter";
import { HeadingContext } from "./arrival.ts";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import type { Readership } from "./readership.ts";
import { ZoneMark, ZoneSaid } from "./zone-mark.tsx";
import style from "./page.module.css";

export interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** Who can read what is typed here, where that is one answer for most of the screen. */
  readonly zone?: Readership | undefined;
  readonly back?: { readonly href: string; readonly text: string } | undefined;
  readonly action?: ReactNode;
  readonly width?: "read" | "wide" | undefined;
  readonly children?: ReactNode;
}

export function Page({ title, lead, zone, back, action, width = "read", children }: PageProps) {
  const heading = useArrivalFocus();
  const headingId = useId();
  return (
    <main id="main" tabIndex={-1} className={classNames(style["page"], style[width])}>
      <header className={style["head"]}>
        {back !== undefined && (
          <Link href={back.href} className={style["back"]} data-print="never">
            <Icon name="back" />
            {back.text}
          </Link>
        )}
        <h1 ref={heading} id={headingId} tabIndex={-1}>
          {title}
        </h1>
        {lead !== undefined && <div className={style["lead"]}>{lead}</div>}
        {zone !== undefined && <ZoneMark of={zone} />}
      </header>
      <HeadingContext value={headingId}>
        <ZoneSaid zone={zone}>
          {children}
          {action !== undefined && (
            <div ref={tellHeight} className={style["action"]} data-print="never">
              {action}
            </div>
          )}
        </ZoneSaid>
      </HeadingContext>
    </main>
  );
}

/** How much of a phone's screen the action covers, so that what takes the focus is not left beneath it. */
export function tellHeight(action: HTMLElement | null): (() => void) | undefined {
  if (action === null) return undefined;
  const root = document.documentElement.style;
  const watch = new ResizeObserver(() =>
    root.setProperty("--action-height", `${action.offsetHeight}px`),
  );
  watch.observe(action);
  return () => {
    watch.disconnect();
    root.removeProperty("--action-height");
  };
}

/** The first screen of a visit keeps the browser's own focus; each later one announces itself. */
let isFirstArrival = true;

/** For the heading of a screen that is laid out without Page. */
export function useArrivalFocus() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const part = location.hash === "" ? null : document.getElementById(location.hash.slice(1));
    // A field of this screen may have taken the focus already.
    const isInField = heading.current?.closest("main")?.contains(document.activeElement) === true;
    if (part !== null) part.scrollIntoView();
    else if (!isFirstArrival && !isInField) heading.current?.focus({ preventScroll: true });
    isFirstArrival = false;
  }, []);
  return heading;
}
