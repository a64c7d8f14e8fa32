/** Every address of the app and the screen that answers it. The first match counts. */
import type { ComponentType } from "react";
import { Landing } from "./landing.tsx";
import { lazyScreen } from "./lazy-screen.ts";
import type { Frame } from "./shell.tsx";

export interface AppRoute {
  /** wouter's pattern: `/coach/:id`. */
  readonly path: string;
  /** `rooms` has the navigation of those who are signed in; `open` needs no sign-in. */
  readonly frame: Frame;
  readonly screen: ComponentType;
}

export const routes: readonly AppRoute[] = [
  { path: "/", frame: "open", screen: Landing },
  {
    path: "/promises",
    frame: "open",
    screen: lazyScreen(() => import("./promises.tsx"), "Promises"),
  },
];
