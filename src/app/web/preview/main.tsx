/**
 * What `callroom content preview FILE` shows: the one exercise with the screens that members have, and above them
 * what is wrong with the file. No account and no server; what is typed stays in this tab.
 */
import "#design/style.css";
import { Suspense } from "react";
import { createRoot } from "react-dom/client";
import { Redirect, Route, Switch } from "wouter";
import { Notice } from "#design/notice.tsx";
import { PageSkeleton } from "#design/skeleton.tsx";
import { applyTheme } from "#design/theme.ts";
import { ToastProvider } from "#design/toast.tsx";
import { ExercisePage } from "#reflect/exercise/web/exercise-page.tsx";
import { FillingRoom } from "#reflect/exercise/web/filling-room.tsx";
import { SafeContext } from "#vault/web/safe-context.tsx";
import { findings, id } from "virtual:preview";
import { loadTemporal } from "../temporal.ts";
import { wearTypeface } from "../typeface.ts";
import { tabSafe } from "./tab-safe.ts";
import { words } from "./words.ts";
import style from "./preview.module.css";

applyTheme();
wearTypeface();
void open(document.getElementById("app")!);

async function open(place: HTMLElement) {
  await loadTemporal();
  createRoot(place).render(
    <SafeContext value={tabSafe()}>
      <ToastProvider>
        <Findings />
        {id !== null && (
          <Suspense fallback={<PageSkeleton label={words.fetching} />}>
            <Switch>
              <Route path="/reflect/exercise/:id/:record" component={FillingRoom} />
              <Route path="/reflect/exercise/:id" component={ExercisePage} />
              <Route>
                <Redirect to={`/reflect/exercise/${id}`} replace />
              </Route>
            </Switch>
          </Suspense>
        )}
      </ToastProvider>
    </SafeContext>,
  );
}

function Findings() {
  return (
    <div className={style["findings"]}>
      <Notice
        kind={findings.length === 0 ? "info" : "refusal"}
        title={findings.length === 0 ? words.inOrder : words.found(findings.length)}
        live="off"
      >
        {findings.length > 0 && (
          <ul>
            {findings.map(({ line, rule, message }) => (
              <li key={`${line} ${rule} ${message}`}>{words.finding(line, rule, message)}</li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  );
}
