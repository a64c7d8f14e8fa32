/**
 * Browsers for tests of the safe: IndexedDB in memory, and a network of each browser's own that can be cut
 * before a request arrives or before its answer does. What answers is the real server.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, beforeEach, vi } from "vitest";
import { SESSION_COOKIE } from "#platform/server/http.ts";
import type { Device } from "#vault/web/device.ts";
import { toOpenKey } from "#vault/web/keys.ts";
import { openSafe, type Safe } from "#vault/web/safe.ts";
import type { IdentityHouse, Person } from "./identity.ts";

export const COLLECTIONS = ["check-in", "path", "settings", "late", "set-aside"];

/** Where a request breaks off: before it arrives, or on the way back. */
export type Cut = "before" | "after";

interface Request {
  readonly method: string;
  readonly path: string;
}

/** Alters the server's answer, as a dishonest one would. */
export type Meddle = (path: string, answer: unknown) => unknown;

export class Browser {
  /** Answers for each request whether, and where, it breaks off. */
  cut: (request: Request) => Cut | null = () => null;
  meddle: Meddle = (_, answer) => answer;
  /** Waited for before a request leaves. */
  delay: () => Promise<void> = () => Promise.resolve();
  readonly requests: Request[] = [];
  readonly #house: IdentityHouse;
  readonly #person: Person;
  readonly #stores: Map<string, Map<string, unknown>>;
  readonly #open: Safe[] = [];

  constructor(house: IdentityHouse, person: Person, sharing?: Browser) {
    this.#house = house;
    this.#person = person;
    this.#stores = sharing
      ? sharing.#stores
      : new Map(["meta", "records", "outbox", "drafts"].map((name) => [name, new Map()]));
    browsers.add(this);
  }

  /** The safe as the app opens it, after a reload too; `isOurs` says whether the session is this account's. */
  async open(
    names: readonly string[] = COLLECTIONS,
    isOurs: () => Promise<boolean> = () => Promise.resolve(true),
  ): Promise<Safe> {
    const key = await toOpenKey(Uint8Array.from(this.#person.vaultKey));
    const safe = await inBrowser.run(this, () =>
      openSafe(this.device, this.#person.account, key, names, isOurs),
    );
    this.#open.push(safe);
    return safe;
  }

  /** In this browser's network. */
  in<Value>(act: () => Promise<Value>): Promise<Value> {
    return inBrowser.run(this, act);
  }

  close(): void {
    for (const safe of this.#open.splice(0)) safe.close();
  }

  get waiting(): number {
    return this.#stores.get("outbox")!.size;
  }

  /** All that this device keeps, as a thief of it would read it. */
  get contents(): string {
    return JSON.stringify(
      [...this.#stores].map(([name, store]) => [name, [...store]]),
      (_, value) =>
        value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : (value as unknown),
    );
  }

  async fetch(path: string, init: RequestInit): Promise<Response> {
    const request = { method: init.method ?? "GET", path };
    this.requests.push(request);
    await this.delay();
    const cut = this.cut(request);
    if (cut === "before") throw new TypeError("The network broke off");
    const answered = await this.#house.app.inject({
      method: request.method as "GET" | "PUT",
      url: path,
      cookies: init.credentials === "omit" ? {} : { [SESSION_COOKIE]: this.#person.token },
      ...(init.body == null
        ? {}
        : { payload: init.body as string, headers: { "content-type": "application/json" } }),
    });
    if (cut === "after") throw new TypeError("The network broke off");
    const answer = this.meddle(path, answered.json());
    return new Response(JSON.stringify(answer), { status: answered.statusCode });
  }

  /** The part of IndexedDB that the safe uses. Nothing in it is shared with whoever put it there. */
  readonly device = (() => {
    const store = (name: string) => this.#stores.get(name)!;
    const put = async (name: string, value: unknown, key?: string) => {
      const kept = structuredClone(value);
      // More bytes take longer, as on a disk.
      const bytes = (kept as { sealed?: Uint8Array } | null)?.sealed?.length ?? 0;
      for (let turns = 0; turns <= bytes / 20_000; turns++) await soon();
      store(name).set(key ?? (kept as { place: string }).place, kept);
    };
    return {
      get: async (name: string, key: string) => {
        await soon();
        return structuredClone(store(name).get(key));
      },
      getAll: async (name: string) => {
        await soon();
        return structuredClone([...store(name).values()]);
      },
      getAllKeys: async (name: string) => {
        await soon();
        return [...store(name).keys()];
      },
      count: async (name: string) => {
        await soon();
        return store(name).size;
      },
      delete: async (name: string, key: string) => {
        await soon();
        store(name).delete(key);
      },
      put,
      transaction: () => ({
        objectStore: (name: string) => ({ put: (value: unknown) => put(name, value) }),
        done: soon(),
      }),
    } as unknown as Device;
  })();
}

const inBrowser = new AsyncLocalStorage<Browser>();
const browsers = new Set<Browser>();
const soon = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Call at the top of a test file. */
export function withBrowsers(): void {
  beforeEach(() => {
    vi.stubGlobal("addEventListener", () => undefined);
    vi.stubGlobal("removeEventListener", () => undefined);
    vi.stubGlobal("fetch", (path: string, init: RequestInit) =>
      inBrowser.getStore()!.fetch(path, init),
    );
  });
  afterEach(() => {
    for (const browser of browsers) browser.close();
    browsers.clear();
    vi.unstubAllGlobals();
  });
}
