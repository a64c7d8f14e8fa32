/** Says above a form what stopped it, and takes the focus when it appears. What was typed stays. */
import { useEffect, useRef } from "react";
import { Notice } from "./notice.tsx";

export function FormErrors({ title, errors }: { title: string; errors: readonly string[] }) {
  const place = useRef<HTMLDivElement>(null);
  const said = errors.join("\n");
  useEffect(() => {
    if (said !== "") place.current?.focus();
  }, [said]);
  if (errors.length === 0) return null;
  return (
    <div ref={place} tabIndex={-1}>
      <Notice kind="refusal" title={title} live="off">
        <ul>
          {errors.map((error) => (
            <li key={error}>{error}</li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
