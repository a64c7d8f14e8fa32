/** A button that asks for a file at once, where a field for it would be too much. Nothing is sent from here. */
import { useId, useRef } from "react";
import { Button, type ButtonProps } from "./button.tsx";
import type { Readership } from "./readership.ts";
import { ZoneNote } from "./zone-mark.tsx";

export interface FileButtonProps extends Omit<ButtonProps, "onClick"> {
  readonly zone: Readership;
  readonly accept: string;
  readonly onChoose: (file: File) => void;
}

export function FileButton({ zone, accept, onChoose, ...button }: FileButtonProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) onChoose(file);
          // The same file can be chosen again after it was mended.
          event.target.value = "";
        }}
      />
      <Button {...button} aria-describedby={id} onClick={() => input.current?.click()} />
      <ZoneNote of={zone} id={id} />
    </>
  );
}
