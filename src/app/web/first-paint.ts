/**
 * Runs inside the page itself, before anything is painted: wears the colours that were chosen and puts up what
 * the build drew for this address, to be seen until React is there. Behind a lowered curtain it puts up nothing.
 */
import { applyTheme } from "#design/theme.ts";
import { wasCovered } from "./covered.ts";
import type { Drawing } from "./drawings.tsx";

/** Written in by the build: the first part of every address that leads to a room. */
declare const ROOMS: readonly string[];

applyTheme();
if (!wasCovered()) putUp(drawingAt(location.pathname), document.getElementById("app")!);

function drawingAt(path: string): Drawing {
  if (path === "/") return "landing";
  return ROOMS.includes(path.split("/")[1]!) ? "rooms" : "open";
}

function putUp(name: Drawing, place: HTMLElement) {
  const drawing = document.querySelector<HTMLTemplateElement>(`template[data-drawing=${name}]`);
  if (drawing === null) return;
  place.append(drawing.content.cloneNode(true));
  place.dataset["drawn"] = name;
  for (const link of place.querySelectorAll("nav a")) {
    const room = link.getAttribute("href")!;
    if (location.pathname === room || location.pathname.startsWith(`${room}/`))
      link.setAttribute("aria-current", "page");
  }
}
