/**
 * What the rooms run on, apart from their screens. It is asked for as soon as the file of a screen that needs it is
 * here, beside what that asks the server for, so that nobody waits for the one after the other.
 */
import { useEffect, useState } from "react";

type Fetch<Engine> = () => Promise<Engine>;

/** Asks for it now; what is given asks again only where that failed. */
export function begun<Engine>(load: Fetch<Engine>): Fetch<Engine> {
  let loading: Promise<Engine> | null = null;
  const fetched = () => {
    const now = (loading ??= load());
    now.catch(() => {
      if (loading === now) loading = null;
    });
    return now;
  };
  void fetched();
  return fetched;
}

/** Null until it is here. One that can't be fetched is a mishap, as with a screen. */
export function useEngine<Engine>(fetched: Fetch<Engine>): Engine | null {
  const [found, setFound] = useState<
    { readonly engine: Engine } | { readonly failure: unknown } | null
  >(null);
  useEffect(() => {
    let isCurrent = true;
    fetched().then(
      (engine) => isCurrent && setFound({ engine }),
      (failure: unknown) => isCurrent && setFound({ failure }),
    );
    return () => {
      isCurrent = false;
    };
  }, [fetched]);
  if (found === null) return null;
  if ("failure" in found) throw found.failure;
  return found.engine;
}
