/** The events in the open safe, oldest first. */
import { useMemo } from "react";
import { useCollection } from "#vault/web/safe-context.tsx";
import { byFirstDay, isMarkedEvent, type MarkedEvent } from "../event.ts";

export const EVENTS = "events";

export interface KeptEvent extends MarkedEvent {
  readonly id: string;
}

export function useEvents(): readonly KeptEvent[] {
  const records = useCollection(EVENTS);
  return useMemo(
    () =>
      records
        .flatMap(({ id, content }) => (isMarkedEvent(content) ? [{ ...content, id }] : []))
        .toSorted(byFirstDay),
    [records],
  );
}
