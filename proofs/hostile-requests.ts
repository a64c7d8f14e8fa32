/**
 * Makes bad requests out of the API's own description, and out of what the program has taken before: near-valid ones
 * with one thing wrong, and plain garbage. A nameless one mostly carries a ticket that counts, or nothing of it would
 * get past the door.
 */

export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: "path" | "query";
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>;
  };
}

interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface HostileRequest {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string | null;
}

/** What was sent to the program, and taken or refused in a route's own words; or could be sent. */
export interface Sample {
  readonly method: string;
  readonly path: string;
  /** Undefined where nothing was sent. */
  readonly body: unknown;
}

export interface Known {
  readonly samplesByOperation: ReadonlyMap<string, readonly Sample[]>;
  /** Of visits that are not over. */
  readonly tickets: readonly string[];
  /** Operations that are tried oftener than the others. */
  readonly wanted: readonly string[];
}

const NOTHING_KNOWN: Known = { samplesByOperation: new Map(), tickets: [], wanted: [] };

/** Every operation of the document with its pattern and method. */
export const operationsIn = (
  document: ApiDocument,
): readonly {
  readonly pattern: string;
  readonly method: string;
  readonly operation: Operation;
}[] =>
  Object.entries(document.paths).flatMap(([pattern, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ pattern, method, operation })),
  );

/** Sorted by the operation whose pattern they fit. */
export function samplesByOperation(
  document: ApiDocument,
  samples: readonly Sample[],
): ReadonlyMap<string, readonly Sample[]> {
  const sorted = new Map<string, Sample[]>();
  for (const { pattern, method, operation } of operationsIn(document)) {
    const shape = new RegExp(`^${pattern.replace(/\{\w+\}/g, "[^/?]+")}(?:\\?|$)`);
    const own = samples.filter(
      (each) => each.method === method.toUpperCase() && shape.test(each.path),
    );
    if (own.length > 0) sorted.set(operation.operationId, own);
  }
  return sorted;
}

const AS_ITS_ROUTE_SAYS = new Set([403, 409, 410, 422]);

/** Remembers what is sent while `act` runs, and not stopped at the door. */
export async function sampled<Value>(samples: Sample[], act: () => Promise<Value>): Promise<Value> {
  const honest = globalThis.fetch;
  globalThis.fetch = async (address, init) => {
    const response = await honest(address, init);
    const body = init?.body;
    const isHeard = response.ok || AS_ITS_ROUTE_SAYS.has(response.status);
    if (isHeard && (body === undefined || typeof body === "string")) {
      const { pathname, search } = new URL(address as string);
      const said: unknown = body === undefined ? undefined : JSON.parse(body);
      samples.push({ method: init?.method ?? "GET", path: pathname + search, body: said });
    }
    return response;
  };
  try {
    return await act();
  } finally {
    globalThis.fetch = honest;
  }
}

/** Numbers in [0, 1) from a seed, so that a failure can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function hostileRequest(
  document: ApiDocument,
  random: () => number,
  known: Known = NOTHING_KNOWN,
): HostileRequest {
  const pick = <Each>(from: readonly Each[]): Each => from[Math.floor(random() * from.length)]!;
  const all = operationsIn(document);
  const wanted = all.filter(({ operation }) => known.wanted.includes(operation.operationId));
  const isWanted = wanted.length > 0 && random() < 0.4;
  const { pattern, method, operation } = pick(isWanted ? wanted : all);
  const samples = known.samplesByOperation.get(operation.operationId) ?? [];
  const sample = samples.length > 0 && random() < 0.6 ? pick(samples) : null;
  const value = (schema: JsonSchema): unknown =>
    random() < 0.12 ? pick(NASTY) : likely(schema, random);
  const path = pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = operation.parameters.find((each) => each.name === name);
    return encodeURIComponent(inAddress(parameter ? value(parameter.schema) : pick(NASTY)));
  });
  const query = operation.parameters
    .filter((each) => each.in === "query" && random() > 0.1)
    .map((each) => `${each.name}=${encodeURIComponent(inAddress(value(each.schema)))}`);
  const schema = operation.requestBody?.content["application/json"]?.schema;
  const hasBody = schema !== undefined || random() < 0.1;
  return {
    operation: operation.operationId,
    method: (random() < 0.03
      ? pick(["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
      : method
    ).toUpperCase(),
    path:
      sample !== null && random() < 0.8
        ? sample.path
        : query.length > 0
          ? `${path}?${query.join("&")}`
          : path,
    headers: random() < 0.9 ? { "content-type": "application/json" } : pick(ODD_HEADERS),
    body: hasBody ? hostileBody(schema, random, known, sample) : null,
  };
}

function hostileBody(
  schema: JsonSchema | undefined,
  random: () => number,
  { tickets }: Known,
  sample: Sample | null,
): Uint8Array | string {
  const kind = random();
  if (kind < 0.08)
    return Uint8Array.from({ length: 1 + Math.floor(random() * 400) }, () =>
      Math.floor(random() * 256),
    );
  if (kind < 0.12) return "[".repeat(20_000);
  if (kind < 0.16) return `{"a":${"9".repeat(400)}}`;
  if (kind < 0.2)
    return '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';
  if (kind < 0.22) return JSON.stringify({ text: "x".repeat(2_000_000) });
  const made = schema === undefined ? {} : likely(schema, random);
  const body = sample?.body ?? made;
  const isTicketed = tickets.length > 0 && random() < 0.9 && isObject(body) && "visit" in body;
  const ticket = tickets[Math.floor(random() * tickets.length)];
  const shown = isTicketed ? { ...body, visit: ticket } : body;
  return JSON.stringify(random() < 0.75 ? spoilt(shown, random) : shown);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The same, with one thing in it replaced, added or taken away. */
function spoilt(body: unknown, random: () => number): unknown {
  if (typeof body === "string" && body.length > 8 && random() < 0.5) return bent(body, random);
  if (Array.isArray(body) && body.length > 0 && random() < 0.7) {
    const all: readonly unknown[] = body;
    const at = Math.floor(random() * all.length);
    const kind = random();
    if (kind < 0.2) return all.toSpliced(at, 1);
    return kind < 0.4 ? [...all, all[at]] : all.with(at, spoilt(all[at], random));
  }
  if (!isObject(body)) return NASTY[Math.floor(random() * NASTY.length)];
  const entries = Object.entries(body);
  const at = Math.floor(random() * (entries.length + 1));
  if (at === entries.length) return { ...body, more: "than asked for" };
  const [name, value] = entries[at]!;
  if (random() < 0.2) return Object.fromEntries(entries.filter((_, nth) => nth !== at));
  const isNested = value !== null && ["object", "string"].includes(typeof value) && random() < 0.5;
  return {
    ...body,
    [name]: isNested ? spoilt(value, random) : NASTY[Math.floor(random() * NASTY.length)],
  };
}

/** Still of its kind, and no longer what it was: a letter other, some missing, or twice as long. */
function bent(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const kind = random();
  if (kind < 0.6) return text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
  return kind < 0.8 ? text.slice(0, at) : text + text;
}

function likely(schema: JsonSchema, random: () => number): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[Math.floor(random() * schema.enum.length)];
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return likely(options[Math.floor(random() * options.length)]!, random);
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, each]) => [name, likely(each, random)]),
      );
    case "array":
      return Array.from({ length: Math.floor(random() * 4) }, () =>
        likely(schema.items ?? {}, random),
      );
    case "integer":
    case "number": {
      const least = schema.minimum ?? 0;
      return Math.floor(least + random() * Math.min((schema.maximum ?? least + 1000) - least, 1e6));
    }
    case "boolean":
      return random() < 0.5;
    case "null":
      return null;
    case undefined:
    default:
      return likelyText(random);
  }
}

function likelyText(random: () => number): string {
  const letters = (count: number) =>
    Array.from(
      { length: count },
      () =>
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[
          Math.floor(random() * 64)
        ],
    ).join("");
  const hex = (count: number) =>
    Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join("");
  const kinds = [
    () => letters(22).slice(0, 21) + "A",
    () => letters(42) + "A",
    () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
    () => "someone@proof.example",
    () => "Europe/London",
    () => "2031-03-09",
    () => "A line of plain text",
    () => letters(96),
    () => letters(428),
    () => String(Math.floor(random() * 30_000_000)),
  ];
  return kinds[Math.floor(random() * kinds.length)]!();
}

const NASTY: readonly unknown[] = [
  null,
  "",
  " ",
  "x".repeat(10_000),
  "\u0000",
  "\ud800",
  "\u202egnp.exe",
  "🩺👩🏽‍⚕️",
  "مرحبا",
  "'; drop table identity.account; --",
  "../../../../etc/passwd",
  "%00%ff%fe",
  "<script>alert(1)</script>",
  -1,
  0,
  1e308,
  2 ** 53,
  0.1,
  Number.NaN,
  true,
  [],
  {},
  [[[[[]]]]],
  { toString: "no" },
  "1e9",
  "00000000-0000-0000-0000-000000000000",
  "2026-02-30",
  "Mars/Olympus",
];

const ODD_HEADERS: readonly Readonly<Record<string, string>>[] = [
  {},
  { "content-type": "text/plain" },
  { "content-type": "application/x-www-form-urlencoded" },
  { "content-type": "multipart/form-data; boundary=x" },
  { "content-type": "application/json; charset=utf-16" },
  { "content-type": "application/json", "content-encoding": "gzip" },
  { "content-type": "application/json", "if-none-match": "x".repeat(4000) },
  { "content-type": "application/json", "sec-fetch-site": "cross-site" },
];

const inAddress = (value: unknown): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value) || "null";
  return text.isWellFormed() ? text.slice(0, 1500) : "%EF%BF%BD";
};
