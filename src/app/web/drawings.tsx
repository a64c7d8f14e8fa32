/**
 * What the build draws into the page, to be seen while the scripts are on their way: the landing page as it
 * is, and for every other address the frame that will stand round it.
 */
import { StrictMode, type ReactNode } from "react";
import { Router } from "wouter";
import { PageSkeleton } from "#design/skeleton.tsx";
import { App } from "./app.tsx";
import { routes } from "./routes.tsx";
import { Shell, type Frame } from "./shell.tsx";
import { words } from "./words.ts";

export type Drawing = "landing" | Frame;

export const drawings: Readonly<Record<Drawing, ReactNode>> = {
  // The same tree as in house.tsx, which takes it over.
  landing: (
    <Router ssrPath="/">
      <StrictMode>
        <App />
      </StrictMode>
    </Router>
  ),
  rooms: <Empty frame="rooms" />,
  open: <Empty frame="open" />,
};

/** The first part of every address that leads to a room: `today`, `reflect`. */
export const rooms: readonly string[] = [
  ...new Set(
    routes.filter(({ frame }) => frame === "rooms").map(({ path }) => path.split("/")[1]!),
  ),
];

function Empty({ frame }: { readonly frame: Frame }) {
  return (
    // At no room: which of them is here is known in the browser only.
    <Router ssrPath="/-">
      <Shell frame={frame} onCurtain={() => undefined}>
        <PageSkeleton label={words.loading} />
      </Shell>
    </Router>
  );
}
