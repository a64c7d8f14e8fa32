/** Every address of the app and the screen that answers it. The first match counts. */
import { lazy, type ComponentType } from "react";
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

export const SignInScreen = lazyScreen(() => import("#identity/web/sign-in.tsx"), "SignIn");
export const UnlockScreen = lazy(async () => ({
  default: (await import("#identity/web/unlock.tsx")).Unlock,
}));

const open = (path: string, screen: ComponentType): AppRoute => ({ path, frame: "open", screen });
const room = (path: string, screen: ComponentType): AppRoute => ({ path, frame: "rooms", screen });

export const routes: readonly AppRoute[] = [
  open("/", Landing),
  open(
    "/promises",
    lazyScreen(() => import("./promises.tsx"), "Promises"),
  ),
  open(
    "/join",
    lazyScreen(() => import("#identity/web/join.tsx"), "Join"),
  ),
  open("/sign-in", SignInScreen),
  open(
    "/recover",
    lazyScreen(() => import("#identity/web/recover.tsx"), "Recover"),
  ),
  room(
    "/today",
    lazyScreen(() => import("./today.tsx"), "Today"),
  ),
];
