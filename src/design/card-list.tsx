/** Things of one kind, one under another. A card with an address is one tap area as a whole. */
import type { ReactNode } from "react";
import { Link } from "wouter";
import { classNames } from "./class-names.ts";
import style from "./card-list.module.css";

export function CardList({ label, children }: { label?: string | undefined; children: ReactNode }) {
  return (
    <ul className={style["list"]} aria-label={label}>
      {children}
    </ul>
  );
}

export interface CardProps {
  readonly title: string;
  readonly href?: string | undefined;
  readonly meta?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly level?: 2 | 3 | undefined;
}

export function Card({ title, href, meta, children, actions, level = 2 }: CardProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <li className={classNames(style["card"], href !== undefined && style["tappable"])}>
      <Heading className={style["title"]}>
        {href === undefined ? (
          title
        ) : (
          <Link href={href} className={style["link"]}>
            {title}
          </Link>
        )}
      </Heading>
      {meta !== undefined && <div className={style["meta"]}>{meta}</div>}
      {children !== undefined && <div className={style["body"]}>{children}</div>}
      {actions !== undefined && <div className={style["actions"]}>{actions}</div>}
    </li>
  );
}
