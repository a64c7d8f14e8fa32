/**
 * All of Callroom's reckoning with time uses Temporal. Browsers that do not have it yet fetch a
 * polyfill (18 KB) before the first screen; the others fetch nothing.
 */
export async function loadTemporal(): Promise<void> {
  if ("Temporal" in globalThis) return;
  await import("temporal-polyfill/global");
}
