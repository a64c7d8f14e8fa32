/**
 * The page's one Trusted Types policy. It lets a worker be started only from our own built files, so
 * that no text that slips into the page can become code. Where a browser has no Trusted Types the same
 * check runs, and the Content-Security-Policy still holds.
 */
const WORKER = /^\/assets\/[\w-]+\.js$/;
const SERVICE_WORKER = "/sw.js";
/** While developing, Vite serves workers from their sources. The built app holds no trace of this. */
const UNBUILT_WORKER = /^\/(?:[^/]+\/)*[\w-]+\.worker\.ts\?worker_file&type=module$/;

export interface ScriptPolicy {
  /** Throws on every address that is not ours. What comes back goes to `new Worker` or `register`. */
  readonly createScriptURL: (address: string) => URL | string;
}

export const scriptPolicy: ScriptPolicy = makePolicy("app", { createScriptURL: ownScript });

function ownScript(address: string): string {
  const url = new URL(address, location.origin);
  const isBuilt = (url.pathname === SERVICE_WORKER || WORKER.test(url.pathname)) && !url.search;
  const isUnbuilt = import.meta.env.DEV && UNBUILT_WORKER.test(url.pathname + url.search);
  if (url.origin !== location.origin || !(isBuilt || isUnbuilt))
    throw new TypeError("Script address refused");
  return url.href;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (address: string) => string }): ScriptPolicy;
}

function makePolicy(name: string, rules: { createScriptURL: (address: string) => string }) {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  return trustedTypes?.createPolicy(name, rules) ?? rules;
}
