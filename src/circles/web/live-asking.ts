/**
 * When everybody in a live session is asked how it stands. Everybody answers, so not more often than every few seconds;
 * but what came too early is asked in the end, or two might never find each other.
 */

/** Milliseconds between two askings. */
const ASK_MS = 3_000;

interface AskingParts {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly isOver: () => boolean;
  readonly ask: () => void;
}

/** `isDue` is looked at again where there was something to wait for. */
export function makeAsking({ now, wait, isOver, ask }: AskingParts) {
  let askedAt = -Infinity;
  let dueSoon: (() => boolean)[] = [];

  const askNow = () => {
    askedAt = now();
    ask();
  };

  return (isDue = () => true): void => {
    const since = now() - askedAt;
    if (since >= ASK_MS) return askNow();
    dueSoon.push(isDue);
    if (dueSoon.length > 1) return;
    void wait(ASK_MS - since).then(() => {
      const isAnyDue = dueSoon.some((each) => each());
      dueSoon = [];
      if (!isOver() && isAnyDue) askNow();
    });
  };
}
