/** An input that shows no label of its own, inside a group that has said who reads it: a time, a tile of a week, a line of a list. */
import { useId, type ComponentProps } from "react";
import type { Readership } from "./readership.ts";
import { useTelling, ZoneNote } from "./zone-mark.tsx";

export interface BareInputProps extends ComponentProps<"input"> {
  readonly type: "time" | "checkbox" | "text";
  readonly "aria-label": string;
  readonly zone: Readership;
}

export function BareInput({ zone, "aria-describedby": described, ...input }: BareInputProps) {
  const id = useId();
  const isSaid = useTelling(zone) === "nothing";
  return (
    <>
      <input {...input} aria-describedby={isSaid ? described : `${id} ${described ?? ""}`.trim()} />
      <ZoneNote of={zone} id={id} />
    </>
  );
}
