/** The house: the frame round every screen, the door to the rooms, and the screen that the address asks for. */
import { Fragment, Suspense, useEffect, type ReactNode } from "react";
import { matchRoute, Route, useLocation, useRouter } from "wouter";
import { PageSkeleton } from "#design/skeleton.tsx";
import { ToastProvider } from "#design/toast.tsx";
import { DoorProvider, useDoor, type DoorState } from "#identity/web/door.tsx";
import { ExportContext } from "#identity/web/export-context.ts";
import { watchWallet } from "#pass/web/issue-watch.ts";
import { watchLogs } from "#stewardship/web/log-watch.ts";
import { COLLECTIONS } from "./collections.ts";
import { makeExport } from "./export-late.ts";
import { firstScreenStands } from "./first-screen.ts";
import { Mishap } from "./mishap.tsx";
import { NotFound } from "./not-found.tsx";
import { routes, SignInScreen, UnlockScreen } from "./routes.tsx";
import { scriptPolicy } from "./script-policy.ts";
import { Shell, type Frame } from "./shell.tsx";
import { words } from "./words.ts";

export function App() {
  return (
    <ToastProvider>
      <DoorProvider collections={COLLECTIONS}>
        <ExportContext.Provider value={makeExport}>
          <House />
        </ExportContext.Provider>
      </DoorProvider>
    </ToastProvider>
  );
}

function House() {
  const [path] = useLocation();
  const { parser } = useRouter();
  const door = useDoor();
  const safe = door.state.at === "open" ? door.state.safe : null;
  useEffect(() => {
    if (safe !== null) void watchLogs(safe);
  }, [safe]);
  useEffect(
    () => (safe === null ? undefined : watchWallet(safe, scriptPolicy, firstScreenStands)),
    [safe],
  );
  const found = routes.find((route) => matchRoute(parser, route.path, path)[0]);
  return (
    <Shell frame={frameOf(found?.frame, door.state.at)} onCurtain={() => void door.lock()}>
      <Mishap key={path}>
        <Suspense fallback={<PageSkeleton label={words.loading} />}>
          {found === undefined ? (
            <NotFound />
          ) : (
            <Guarded frame={found.frame}>
              <Route key={found.path} path={found.path} component={found.screen} />
            </Guarded>
          )}
        </Suspense>
      </Mishap>
    </Shell>
  );
}

/** Crisis lines and promises keep the rooms' navigation for those who came from there. */
function frameOf(frame: Frame | undefined, at: DoorState["at"]): Frame {
  return at === "open" || (frame === "rooms" && at !== "signed-out") ? "rooms" : "open";
}

function Guarded({ frame, children }: { readonly frame: Frame; readonly children: ReactNode }) {
  const { state } = useDoor();
  if (frame === "open") return children;
  switch (state.at) {
    case "looking":
      return <PageSkeleton label={words.loading} />;
    case "signed-out":
      return <SignInScreen />;
    case "locked":
      return <UnlockScreen account={state.account} />;
    case "open":
      // A form may have begun with what was true before.
      return <Fragment key={String(state.isNews)}>{children}</Fragment>;
  }
}
