/**
 * Answers when the network does not. The whole app is kept with its fingerprints, so that every screen,
 * the crisis page above all, opens without a connection and without signing in. Nothing under /api is
 * ever looked at or kept: it goes to the network as if this file did not exist.
 */
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
  type PrecacheEntry,
} from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

/** Written in by the build: every file of the app that is kept from the first visit on. */
declare const KEPT_FILES: PrecacheEntry[];

/** Files with their hash in the name that are fetched when first needed, such as the sign-in worker. */
const LATER = "later";

interface Lifetime extends Event {
  waitUntil(work: Promise<unknown>): void;
}
const worker = globalThis as unknown as {
  skipWaiting(): Promise<void>;
  addEventListener(type: "activate", listener: (event: Lifetime) => void): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
};

precacheAndRoute(KEPT_FILES);
cleanupOutdatedCaches();

registerRoute(
  new NavigationRoute(createHandlerBoundToURL("/index.html"), {
    denylist: [/^\/api\//, /^\/assets\//, /^\/\.well-known\//, /\.\w+$/],
  }),
);

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/assets/"),
  async ({ request }) => {
    const later = await caches.open(LATER);
    const kept = await later.match(request);
    if (kept !== undefined) return kept;
    const answer = await fetch(request);
    if (answer.ok) await later.put(request, answer.clone());
    return answer;
  },
);

worker.addEventListener("activate", (event) => event.waitUntil(caches.delete(LATER)));
worker.addEventListener("message", (event) => {
  if (event.data === "take over") void worker.skipWaiting();
});
