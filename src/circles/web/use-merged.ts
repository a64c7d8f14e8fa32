/** Notices that the circle of whoever is here has become one with another, and cleans up after the old one. */
import { useEffect, useRef, useState } from "react";
import { useHands } from "./hands-context.ts";
import { forgetCircle } from "./kept-of-circle.ts";
import { readKeptSeat, seatNews } from "./kept-seat.ts";
import type { Here } from "./use-place.ts";

const SEAT = "seat";

interface Merged {
  /** False for whoever's pass had ended meanwhile. */
  readonly isSeated: boolean;
  /** For good, on all devices. */
  readonly onRead: () => void;
}

/** Null where nothing of the kind has happened, or where it was read already. */
export function useMerged(here: Here | null): Merged | null {
  const hands = useHands();
  const { keeping } = hands;
  const [merged, setMerged] = useState<Merged | null>(null);
  const forgotten = useRef<string | null>(null);
  const place = here?.place;
  const me = here?.own.keys.pseudonym;
  useEffect(() => {
    if (place === undefined || me === undefined) return undefined;
    let isCurrent = true;
    void keeping.read(SEAT).then((kept) => {
      const news = seatNews(readKeptSeat(kept), me, place);
      if (!isCurrent || news.is === "known") return;
      if (news.is === "new") {
        keeping.keepLater(SEAT, news.seat);
        return;
      }
      if (forgotten.current !== news.from) forgetCircle(hands, news.from);
      forgotten.current = news.from;
      setMerged({
        isSeated: news.seat !== null,
        onRead: () => {
          keeping.keepLater(SEAT, news.seat);
          setMerged(null);
        },
      });
    });
    return () => {
      isCurrent = false;
    };
  }, [hands, keeping, place, me]);
  return merged;
}
