/**
 * The line that says who can read what is typed here, with the mark of its zone. A tap says why that
 * is so and leads to the proof. Stands at every place where something is typed.
 */
import { Link } from "wouter";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import { VisuallyHidden } from "./visually-hidden.tsx";
import { words } from "./words.ts";
import style from "./zone-mark.module.css";

type Zone = "named" | "sealed" | "nameless";

export interface ZoneMarkProps {
  readonly zone: Zone;
  /** One of `words.readers`. */
  readonly readers: string;
}

export function ZoneMark({ zone, readers }: ZoneMarkProps) {
  const { name, meaning } = words.zones[zone];
  return (
    <details className={classNames(style["mark"], style[zone])}>
      <summary className={style["line"]}>
        <Icon name={zone} />
        <VisuallyHidden>{words.whoCanRead}: </VisuallyHidden>
        <span>
          <span className={style["name"]}>{name}.</span> {readers}
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
