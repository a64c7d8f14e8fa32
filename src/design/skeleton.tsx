/** Keeps the room of what is still coming, so that nothing jumps when it comes. */
import { classNames } from "./class-names.ts";
import { VisuallyHidden } from "./visually-hidden.tsx";
import style from "./skeleton.module.css";

export interface SkeletonProps {
  /** Said to screen readers while waiting. */
  readonly label: string;
  readonly lines?: number | undefined;
  readonly shape?: "text" | "page" | "card" | undefined;
}

export function Skeleton({ label, lines = 3, shape = "text" }: SkeletonProps) {
  return (
    <div className={classNames(style["skeleton"], style[shape])} role="status">
      <VisuallyHidden>{label}</VisuallyHidden>
      {shape === "page" && <div className={style["title"]} />}
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={style["line"]} />
      ))}
    </div>
  );
}

/** For a whole screen that is on its way. */
export function PageSkeleton({ label }: { label: string }) {
  return (
    <main id="main" tabIndex={-1} className={style["pageRoom"]}>
      <Skeleton label={label} shape="page" lines={5} />
    </main>
  );
}
