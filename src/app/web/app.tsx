/** The house: the frame round every screen, and the screen that the address asks for. */
import { Suspense } from "react";
import { matchRoute, Route, useLocation, useRouter } from "wouter";
import { PageSkeleton } from "#design/skeleton.tsx";
import { ToastProvider } from "#design/toast.tsx";
import { Mishap } from "./mishap.tsx";
import { NotFound } from "./not-found.tsx";
import { routes } from "./routes.tsx";
import { Shell } from "./shell.tsx";
import { words } from "./words.ts";

export function App() {
  const [path] = useLocation();
  const { parser } = useRouter();
  const found = routes.find((route) => matchRoute(parser, route.path, path)[0]);
  return (
    <ToastProvider>
      <Shell frame={found?.frame ?? "open"} onCurtain={() => undefined}>
        <Mishap key={path}>
          <Suspense fallback={<PageSkeleton label={words.loading} />}>
            {found === undefined ? (
              <NotFound />
            ) : (
              <Route key={found.path} path={found.path} component={found.screen} />
            )}
          </Suspense>
        </Mishap>
      </Shell>
    </ToastProvider>
  );
}
