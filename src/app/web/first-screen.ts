/**
 * Tells when the first screen stands: nothing larger was painted for a moment. What is fetched for later waits
 * for that, so that on a slow line it doesn't hold up what is being looked at.
 */
const LARGEST_PAINT = "largest-contentful-paint";
const QUIET_MS = 500;
/** For browsers that don't tell what they paint. */
const WITHOUT_TELLING_MS = 1500;

export function firstScreenStands(): Promise<void> {
  return new Promise((resolve) => {
    if (!PerformanceObserver.supportedEntryTypes.includes(LARGEST_PAINT)) {
      setTimeout(resolve, WITHOUT_TELLING_MS);
      return;
    }
    const stands = () => {
      paints.disconnect();
      resolve();
    };
    let timer = setTimeout(stands, QUIET_MS);
    const paints = new PerformanceObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(stands, QUIET_MS);
    });
    paints.observe({ type: LARGEST_PAINT });
  });
}
