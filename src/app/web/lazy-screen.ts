/** A screen that is fetched when somebody goes there: `lazyScreen(() => import("./promises.tsx"), "Promises")`. */
import { lazy, type ComponentType } from "react";

export function lazyScreen<Name extends string>(
  load: () => Promise<Readonly<Record<Name, ComponentType>>>,
  name: Name,
): ComponentType {
  return lazy<ComponentType>(async () => ({ default: (await load())[name] }));
}
