/**
 * Whoever serves the files sees which are asked for, and the file of a text tells on which shelf somebody read. Where
 * this device keeps the app nobody is asked. Elsewhere all of a kind are asked for at once, whichever is wanted.
 */
type Load = () => Promise<unknown>;

/** `all` in an order of their own, the wanted one among them. */
export function fetchedTogether<Module>(
  wanted: () => Promise<Module>,
  all: readonly Load[],
): Promise<Module> {
  if (!isKeptHere())
    // What the others come to is known when they are wanted.
    for (const load of all) load().catch(() => undefined);
  return wanted();
}

/** The service worker takes a page over when all of the app's files are kept. Browsers may have none. */
const isKeptHere = (): boolean =>
  "serviceWorker" in navigator && navigator.serviceWorker.controller !== null;
