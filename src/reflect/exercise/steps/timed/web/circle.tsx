/** The circle that breathes along. It moves between the clock's ticks by itself, and keeps still while the clock does. */
import { useLayoutEffect, useRef, type ReactNode } from "react";
import { circleAt, placeAfter } from "../clock.ts";
import type { TimedStep } from "../step.ts";
import style from "./view.module.css";

export function Circle(props: {
  readonly step: TimedStep;
  readonly elapsed: number;
  readonly isMoving: boolean;
  readonly children: ReactNode;
}) {
  const { step, elapsed, isMoving, children } = props;
  const disc = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const seenAt = performance.now();
    let frame = 0;
    const draw = () => {
      const ms = elapsed + (isMoving ? performance.now() - seenAt : 0);
      const size = circleAt(step, placeAfter(step, ms));
      // Small is never nothing, and the count has to fit.
      if (disc.current !== null) disc.current.style.scale = String(0.42 + 0.58 * size);
      if (isMoving) frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [step, elapsed, isMoving]);
  return (
    <div className={style["circle"]}>
      <div ref={disc} className={style["disc"]} aria-hidden="true" />
      {children}
    </div>
  );
}
