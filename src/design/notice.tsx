/** A word from the house: something to know, something kind, or why a thing could not be done. */
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon, type IconName } from "./icon.tsx";
import style from "./notice.module.css";

type NoticeKind = "info" | "warm" | "refusal";

export interface NoticeProps {
  readonly kind?: NoticeKind | undefined;
  readonly title?: string | undefined;
  /** How a screen reader hears of it when it appears. */
  readonly live?: "polite" | "assertive" | "off" | undefined;
  readonly children?: ReactNode;
}

export function Notice({ kind = "info", title, live, children }: NoticeProps) {
  const spoken = live ?? (kind === "refusal" ? "assertive" : "off");
  return (
    <div
      className={classNames(style["notice"], style[kind])}
      role={spoken === "assertive" ? "alert" : spoken === "polite" ? "status" : undefined}
    >
      <Icon name={iconByKind[kind]} />
      <div className={style["text"]}>
        {title !== undefined && <p className={style["title"]}>{title}</p>}
        {children}
      </div>
    </div>
  );
}

const iconByKind: Record<NoticeKind, IconName> = { info: "info", warm: "lamp", refusal: "pause" };
