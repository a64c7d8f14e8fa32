/** A screen that is fetched when somebody goes there: `lazyScreen(() => import("./promises.tsx"), "Promises")`. */
import { lazy, type ComponentType } from "react";

const fetches = new WeakMap<ComponentType, () => Promise<unknown>>();

export function lazyScreen<Name extends string>(
  load: () => Promise<Readonly<Record<Name, ComponentType>>>,
  name: Name,
): ComponentType {
  let loading: ReturnType<typeof load> | undefined;
  const once = () => (loading ??= load());
  const screen = lazy<ComponentType>(async () => ({ default: (await once())[name] }));
  fetches.set(screen, once);
  return screen;
}

/** Begins to fetch a screen that will be needed soon. */
export function fetchScreen(screen: ComponentType): void {
  // Where that fails, it fails again when the screen is shown, and is told there.
  void fetches
    .get(screen)?.()
    .catch(() => undefined);
}
