/**
 * Where the browser comes in, kept small so that it runs while React's renderer is still on its way: it looks
 * whose device this is and asks for the screen that the address wants, then opens the house, and fetches what
 * is for later when the first screen stands.
 */
import "#design/style.css";
import { applyTheme } from "#design/theme.ts";
import { beginArrival } from "#identity/web/arrival.ts";
import { firstScreenStands } from "./first-screen.ts";
import { fetchScreen } from "./lazy-screen.ts";
import { routes } from "./routes.tsx";
import { loadTemporal } from "./temporal.ts";
import { isTypefaceKept, wearTypeface } from "./typeface.ts";

applyTheme();
beginArrival();
fetchScreenAt(location.pathname);
void start(document.getElementById("app")!);

async function start(place: HTMLElement) {
  const isDressed = isTypefaceKept();
  if (isDressed) wearTypeface();
  const [house] = await Promise.all([import("./house.tsx"), loadTemporal()]);
  house.openHouse(place);
  await firstScreenStands();
  if (!isDressed) wearTypeface();
  if (import.meta.env.PROD) await house.keepForOffline();
}

function fetchScreenAt(path: string): void {
  const found = routes.find((route) => isAt(route.path, path));
  if (found !== undefined) fetchScreen(found.screen);
}

/** The router decides later and exactly; a wrong guess here only fetches a screen for nothing. */
function isAt(pattern: string, path: string): boolean {
  const parts = path.split("/");
  const asked = pattern.split("/");
  return (
    parts.length === asked.length &&
    asked.every((part, place) => part.startsWith(":") || part === parts[place])
  );
}
