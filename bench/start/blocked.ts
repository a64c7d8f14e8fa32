/**
 * How long taps had to wait on a slow phone, by what the page's main thread worked itself: the time in which other
 * programs had the processor, which Lighthouse counts too, is left out, and so is what lies before the first paint.
 */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds, as are the next two; `tdur` is of the thread's own clock. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly data?: { readonly documentLoaderURL?: string } };
}

/** Lighthouse's phone is that much slower than this machine. */
const SLOWER = 4;
/** What a task may take before a tap is felt to wait. */
const UNFELT_MS = 50;

/** Milliseconds, summed over the tasks that take longer than a tap may wait. */
export function blockedMs(events: readonly TraceEvent[], url: string): number {
  const opening = events.findLast(
    ({ name, args }) => name === "navigationStart" && args.data?.documentLoaderURL === url,
  );
  if (opening === undefined) throw new Error(`The trace doesn't tell when ${url} was opened`);
  const ofPage = events.filter(
    ({ pid, tid, ts }) => pid === opening.pid && tid === opening.tid && ts >= opening.ts,
  );
  const paint = ofPage.find(({ name }) => name === "firstContentfulPaint");
  if (paint === undefined) throw new Error(`The trace doesn't tell when ${url} was painted`);
  return ofPage
    .filter(({ name, ph, ts, dur = 0 }) => isTask(name) && ph === "X" && ts + dur > paint.ts)
    .reduce((sum, { tdur = 0 }) => sum + Math.max(0, (tdur / 1000) * SLOWER - UNFELT_MS), 0);
}

const isTask = (name: string): boolean =>
  name === "RunTask" || name === "ThreadControllerImpl::RunTask";
