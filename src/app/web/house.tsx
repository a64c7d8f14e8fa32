/**
 * Opens the house in the page: takes over the landing page where it was drawn when the app was built, or
 * draws what the address asks for in place of the empty frame. As a transition, which React does in steps of
 * a few milliseconds, so that a tap in between is heard.
 */
import { startTransition, StrictMode } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { setWorkerPolicy } from "#identity/web/opaque.ts";
import { setHomeCountry } from "#reflect/web/home-country.ts";
import { App } from "./app.tsx";
import { communityCountry } from "./community-country.ts";
import { scriptPolicy } from "./script-policy.ts";

export { keepForOffline } from "./offline.ts";

export function openHouse(place: HTMLElement): void {
  setWorkerPolicy(scriptPolicy);
  setHomeCountry(communityCountry);
  const house = (
    <StrictMode>
      <App />
    </StrictMode>
  );
  startTransition(() => {
    if (place.dataset["drawn"] === "landing") hydrateRoot(place, house);
    else createRoot(place).render(house);
  });
}
