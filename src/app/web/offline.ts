/**
 * Keeps the app on the device so that it opens without a connection, the crisis page above all. A new
 * version waits until it is asked for: nobody loses a half-written page to an update.
 */
import { useSyncExternalStore } from "react";
import { scriptPolicy } from "./script-policy.ts";

let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();

export async function keepForOffline(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  document.head.append(manifest());
  try {
    const url = scriptPolicy.createScriptURL("/sw.js");
    const registration = await navigator.serviceWorker.register(url, { scope: "/" });
    noticeWaiting(registration);
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", () => noticeWaiting(registration));
    });
  } catch {
    // Private windows and strict settings refuse service workers; all else works without one.
  }
}

/** True once a newer version lies ready. */
export function useNewVersion(): boolean {
  return useSyncExternalStore(listen, () => waiting !== null, no);
}

export function takeNewVersion(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), {
    once: true,
  });
  waiting?.postMessage("take over");
}

export function useIsOffline(): boolean {
  return useSyncExternalStore(listenToConnection, () => !navigator.onLine, no);
}

/** What is drawn when the app is built knows of neither. */
const no = () => false;

/** Only a device that can keep the app asks for it, and not before the app is there. */
function manifest(): HTMLLinkElement {
  const link = document.createElement("link");
  link.rel = "manifest";
  link.href = "/manifest.webmanifest";
  return link;
}

function noticeWaiting(registration: ServiceWorkerRegistration) {
  // The very first version takes the page over by itself; there is no older one to replace.
  if (registration.waiting === null || registration.active === null) return;
  waiting = registration.waiting;
  for (const listener of listeners) listener();
}

function listen(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function listenToConnection(listener: () => void) {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}
