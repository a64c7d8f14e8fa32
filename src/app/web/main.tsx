/** Where the browser comes in: colours first, so that nothing flashes, then the clock, then the app. */
import "#design/style.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { applyTheme } from "#design/theme.ts";
import { App } from "./app.tsx";
import { keepForOffline } from "./offline.ts";
import { loadTemporal } from "./temporal.ts";

applyTheme();
void start();

async function start() {
  await loadTemporal();
  createRoot(document.getElementById("app")!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
  if (import.meta.env.PROD) void keepForOffline();
}
